"""The public addresses of the project: this is the one place where they are written.

They are empty as long as there are none. Then a rule's page is a file of the installation, and the package,
the site and the reports name no address.
"""

from __future__ import annotations

REPOSITORY = ""
"""``https://HOST/OWNER/layoutlint``, without a slash at its end."""

SITE = ""
"""The documentation as ``docs/build.py`` makes it, with a slash at its end."""


def urls() -> dict[str, str]:
    """Return the project URLs of the package."""
    found = {"Documentation": SITE} if SITE else {}
    if REPOSITORY:
        found |= {
            "Source": REPOSITORY,
            "Issues": f"{REPOSITORY}/issues",
            "Changelog": f"{REPOSITORY}/blob/main/CHANGELOG.md",
        }
    return found


def rule_page(rule: str) -> str | None:
    """Return the address of the page of a built-in rule."""
    return f"{SITE}rules/{rule}/" if SITE else None
