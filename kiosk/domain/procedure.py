"""A procedure (thủ tục) as the portal publishes it, ready for a checklist (DOMAIN §2)."""

from enum import StrEnum

from msgspec import Struct

KEY_LENGTH = 8
"""Provinces append a suffix to the national code; the first eight characters are the key (DOMAIN §2.2)."""


class DocumentKind(StrEnum):
    """What happens to a paper: handed in, shown and taken back, or not asked of the citizen (DOMAIN §2.4).

    A NOTE is a remark among the papers, or a form that the office prints itself.
    """

    SUBMIT = "submit"
    SHOW = "show"
    NOTE = "note"


class TimeUnit(StrEnum):
    """What a time limit counts; the catalogue's own three words."""

    SAME_DAY = "same_day"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"


class Document(Struct, frozen=True):
    """One paper (thành phần hồ sơ). `original` and `copy` both 1 usually means *or* (DOMAIN §2.4)."""

    name: str
    kind: DocumentKind
    original: int = 0
    copy: int = 0
    note: str = ""
    conditional: bool = False
    """Only some citizens need it; the note says when ("Chỉ trường hợp …")."""
    where: str = ""
    """Where it is to be had, for who lacks it; "" where the source does not say."""

    @property
    def asked(self) -> bool:
        """Whether the citizen brings it: every paper but a NOTE can be ticked, and missing."""
        return self.kind is not DocumentKind.NOTE


class Procedure(Struct, frozen=True):
    """One procedure. Its papers are named in Vietnamese only: the official wording is not translated."""

    code: str
    key: str
    name: str
    short: str
    name_en: str
    field: str
    level: str
    assisted: bool
    """Decided above this centre: received here as assisted filing."""
    documents: tuple[Document, ...]
    time_text: str = ""
    time_limit_days: int | None = None
    time_unit: TimeUnit | None = None
    same_day_until_15: bool = False
    """Received after 15:00: the result comes on the next working day (DOMAIN §2.4)."""
    fee_vnd: int | None = None
    fee_text: str = ""
    """Always shown instead of a bare "free" (DOMAIN §2.4)."""
    decision_no: str = ""
    note: str = ""
    source: str = ""
    page: str = ""
    """Its page on the national portal, "" where none is known."""
    verified: bool = False
    time_verified: bool = False
    fee_verified: bool = False


class Catalogue(Struct, frozen=True):
    """All procedures of a centre, with where and when they were read."""

    as_of: str
    source: str
    disclaimer: str
    procedures: tuple[Procedure, ...]

    def find(self, key: str) -> Procedure | None:
        """Find a procedure by its key (the first eight characters of its code)."""
        return next((p for p in self.procedures if p.key == key), None)
