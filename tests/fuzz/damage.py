"""Ways to damage bytes and texts, all out of one source of chance."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

HOSTILE = [
    *("0", "-1", "None", "True", "1e400", "nan", "10**30", "9" * 30, "0x" + "f" * 300, "9" * 5000),
    *("''", '"\\ud800"', '"\\0"', "[]", "{}", "()", "[[]] * 10**9", "'a' * 10**9", "range(10**12)"),
    *(
        "x",
        "self",
        "__class__",
        "lambda: 0",
        "*x",
        "**x",
        "...",
        "yield",
        "await x",
        "print",
        "x[x]",
        "x()()",
    ),
    *(
        "\x00",
        "\ud7ff",
        "\u2028",
        "é",
        "\\",
        '"""',
        "#",
        "%",
        "{",
        "}",
        "[" * 40,
        "(" * 120,
        "&a",
        "*a",
        "!!x",
    ),
    *("true", "null", "---", "- ", ": ", "Infinity", "[" * 3000, "1979-05-27", "a.b.c", "\t", "\r", "\ufeff"),
]
EXPRESSIONS = [
    *("0", "-1", "None", "True", "1e400", "10**30", "10**400", "(9" + "*9" * 300 + ")", "2**10**9", "-0.0"),
    *("''", '"\\ud800"', "b'x'", "[]", "{}", "()", "[[]] * 10**9", "'a' * 10**10", "range(10**12)", "..."),
    *("unknown", "unknown.x[0]", "unknown()", "(lambda *a, **k: a)", "[*range(9)]", "{**{}}", "(yield)"),
    *("float('nan')", "float('inf')", "[0] * 10**6", "(1,) * 10**5", "sum(range(10**8))", "int", "print"),
    *(
        "[[[[1]]]]",
        "{1: {2: {3: 4}}}",
        "iter([1, 2])",
        "(x for x in range(10**9))",
        "slice(None)",
        "1 if x else 2",
    ),
]
"""What may stand in the place of a number, a text or a name of a program."""

VALUE = re.compile(
    r"""(?<=[(\[,=:+*/ ])(?:\d+(?:\.\d+)?|'[^'\n]*'|"[^"\n]*"|[A-Za-z_]\w*)(?=\s*[,)\]+*/]|\n)"""
)
TOKEN = re.compile(r"\w+|[^\w\s]|\s+")


def text(given: str, chance: random.Random) -> str:
    """The text with a few of its tokens replaced, doubled, moved or taken away."""
    tokens = TOKEN.findall(given)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        if not tokens:
            break
        at = chance.randrange(len(tokens))
        end = min(len(tokens), at + chance.choice([1, 1, 2, 10, 50]))
        other = chance.randrange(len(tokens))
        match chance.randrange(6):
            case 0:
                tokens[at:end] = [chance.choice(HOSTILE)]
            case 1:
                tokens[at:end] = []
            case 2:
                tokens[at:at] = tokens[other : other + end - at]
            case 3:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 4:
                tokens[at:end] = tokens[at:end] * chance.choice([2, 3, 100])
            case _:
                tokens.insert(at, chance.choice(HOSTILE))
    return "".join(tokens)


def program(given: bytes, chance: random.Random) -> bytes:
    """A program with other values in it, so that most of them still are programs; or a damaged text."""
    if chance.random() < 0.3:
        return encoded(given, chance)
    source = given.decode("utf-8", "replace")
    places = [match.span() for match in VALUE.finditer(source)]
    for start, end in sorted(
        chance.sample(places, min(len(places), chance.choice([1, 1, 2, 5, 20]))), reverse=True
    ):
        source = source[:start] + chance.choice(EXPRESSIONS) + source[end:]
    return source.encode("utf-8", "surrogatepass")


def data(given: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out, doubled or moved, or the end cut off."""
    found = bytearray(given)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        if not found:
            break
        at = chance.randrange(len(found))
        length = chance.choice([1, 1, 2, 4, 8, 64, 512])
        match chance.randrange(7):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at : at + length] = chance.randbytes(length)
            case 2:
                found[at : at + length] = chance.choice([b"\x00", b"\xff", b"\x7f", b"\x80"]) * length
            case 3:
                del found[at : at + length]
            case 4:
                found[at:at] = found[at : at + length] * chance.choice([1, 1, 50])
            case 5:
                other = chance.randrange(len(found))
                found[at : at + length] = found[other : other + length]
            case _:
                if chance.random() < 0.2:
                    del found[at:]
    return bytes(found)


def encoded(given: bytes, chance: random.Random) -> bytes:
    """A text file: damaged as a text, as bytes, or as both."""
    if chance.random() < 0.8:
        given = text(given.decode("utf-8", "replace"), chance).encode("utf-8", "surrogatepass")
    return data(given, chance) if chance.random() < 0.3 else given


def archive(given: bytes, chance: random.Random) -> bytes:
    """A zip: its bytes damaged, or one of its members while the archive stays whole."""
    if chance.random() < 0.4:
        return data(given, chance)
    made = io.BytesIO()
    packing = chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
    with zipfile.ZipFile(io.BytesIO(given)) as before, zipfile.ZipFile(made, "w", packing) as after:
        chosen = chance.choice(before.namelist())
        for name in before.namelist():
            content = before.read(name)
            if name == chosen:
                damage: Callable[[bytes, random.Random], bytes] = encoded if name.endswith(".json") else data
                content = damage(content, chance)
            after.writestr(name, content)
    whole = made.getvalue()
    return data(whole, chance) if chance.random() < 0.2 else whole
