"""How the portal's words become meaning: kinds of papers, conditions, the 15:00 rule (DOMAIN §2.4).

Each rule is a list of word beginnings as they stand in published records, so that a centre's new wording is one line.
"""

import re

from kiosk.domain.procedure import DocumentKind

PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z]{2,3})*")
"""National code, perhaps with a province's suffix: 1.001193, 1.014028.H38, 1.001193.000.00.00.H41 (DOMAIN §2.2)."""

SHOWN = "xuất trình"
"""Begins a note that says: show it and take it back."""

NOT_ASKED = "công dân không phải chuẩn bị"
"""In the note of a form that the office prints itself."""

STALE = "cần rà soát trước khi hiển thị"
"""In the note of a leftover of an abolished rule, which the source itself wants reviewed before anyone sees it."""

CONDITIONS = (
    "chỉ ",
    "nếu ",
    "khi ",
    "trường hợp ",
    "theo trường hợp",
    "đối tượng ",
    "người ",
    "hộ gia đình",
    "trừ ",
    "không cần với ",
)
"""Beginnings of a note, or of a part of it after a semicolon, that limit a paper to some citizens."""

NOT_CONDITIONS = ("chỉ cần ",)
"""Begins like a condition and is none: "only the number is needed"."""

PORTAL_PAGE = re.compile(r"https://dichvucong\.gov\.vn/[^\s;,]+")
_AFTER_15 = re.compile(r"sau\s+15\s*(?:giờ|[gh](?:\d|\b)|:00)", re.IGNORECASE)


def kind_of(note: str, original: int, copy: int) -> DocumentKind:
    """Say what happens to a paper.

    A copy without an original stays here even where its note says "Xuất trình bản chính để đối chiếu": what is shown
    then is another paper.
    """
    lower = note.lower()
    if (original == 0 and copy == 0) or NOT_ASKED in lower:
        return DocumentKind.NOTE
    return DocumentKind.SHOW if lower.startswith(SHOWN) and original > 0 else DocumentKind.SUBMIT


def is_conditional(note: str) -> bool:
    """Whether only some citizens need the paper ("Chỉ trường hợp …", "Nếu có")."""
    parts = [part.strip().lower() + " " for part in note.split(";")]
    return any(part.startswith(CONDITIONS) and not part.startswith(NOT_CONDITIONS) for part in parts)


def same_day_until_15(time_text: str) -> bool:
    """Whether a dossier received after 15:00 is answered on the next working day."""
    return _AFTER_15.search(time_text) is not None


def portal_page(source: str) -> str:
    """Return the procedure's page on the national portal, "" where its source names none."""
    found = PORTAL_PAGE.search(source)
    return found.group() if found else ""


def is_stale(note: str) -> bool:
    """Whether the source wants the paper reviewed before it is shown (2.000986 still lists the household book)."""
    return STALE in note.lower()
