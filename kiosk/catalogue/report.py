"""What an import found: what was taken, and for every fault the row, the field and the reason."""

from enum import StrEnum

from msgspec import Struct

from kiosk.catalogue.sentence import Sentence


class Severity(StrEnum):
    """Whether a row with this problem was left out, or taken and should be looked at."""

    REFUSED = "refused"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One fault of one row."""

    row: int
    """Counted from 1, in the order of the source."""
    name: str
    """What a person would look for: the short name, else the name, else the code."""
    field: str
    """Path inside the row, as in the source: `documents[2].original`."""
    reason: Sentence
    severity: Severity


class Report(Struct, frozen=True):
    """The outcome of a check or an import."""

    rows: int
    accepted: int
    problems: tuple[Problem, ...] = ()
    """In the order of the rows."""

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Reasons for which rows were left out; a row may have several."""
        return tuple(p for p in self.problems if p.severity is Severity.REFUSED)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at in rows that were taken."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)
