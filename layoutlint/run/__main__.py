"""Write what is made from the keys of the configuration: the table in the documentation and the JSON schema.

``python -m layoutlint.run``, in a checkout.
"""

from __future__ import annotations

from pathlib import Path

from layoutlint.run.document import schema, with_table

PACKAGE = Path(__file__).resolve().parents[1]
PAGE = PACKAGE.parent / "docs" / "configuration.md"
SCHEMA = PACKAGE / "configuration.schema.json"

if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
