"""Reads the fields of one JSON object and notes what is wrong with them, instead of stopping at the first fault."""

from kiosk.catalogue.clean import clean_text
from kiosk.catalogue.report import Severity
from kiosk.catalogue.sentence import Sentence, sentence

Finding = tuple[str, Sentence, Severity]
"""Field, reason, severity; the row is known to whoever reads the row."""

MOST = 2_000_000_000
"""Largest number taken, in đồng or pieces: beyond any published fee, and inside every database's integer."""


class Fields:
    """One object of the source. Every reader returns something usable and adds a finding where it had to invent it."""

    def __init__(self, data: dict[str, object], findings: list[Finding], path: str = "") -> None:
        self._data = data
        self._findings = findings
        self._path = path

    def refuse(self, name: str, reason: Sentence) -> None:
        """Note a fault for which the whole row is left out."""
        self._findings.append((self._path + name, reason, Severity.REFUSED))

    def warn(self, name: str, reason: Sentence) -> None:
        """Note something to look at."""
        self._findings.append((self._path + name, reason, Severity.WARNING))

    def text(self, name: str) -> str:
        """Read a text that may be absent: "" then."""
        value = self._data.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(name, sentence("Must be text, but holds {value}.", value=_shown(value)))
            return ""
        return clean_text(value)

    def needed_text(self, name: str, missing: Sentence) -> str:
        """Read a text without which the row is of no use; `missing` is the reason then."""
        before = len(self._findings)
        value = self.text(name)
        if not value and len(self._findings) == before:
            self.refuse(name, missing)
        return value

    def count(self, name: str) -> int | None:
        """Read a whole number from 0 that may be null."""
        value = self._data.get(name)
        if value is None:
            return None
        # JSON's true is an int to Python.
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(name, sentence("Must be a whole number, but holds {value}.", value=_shown(value)))
        elif value < 0:
            self.refuse(name, sentence("Cannot be below 0, but is {value}.", value=value))
        elif value > MOST:
            self.refuse(name, sentence("Is too large to be true: {value}.", value=value))
        else:
            return value
        return None

    def needed_count(self, name: str) -> int:
        """Read a whole number from 0 that must be there."""
        if self._data.get(name) is None:
            self.refuse(name, sentence("Is missing; write 0 where there is none."))
        return self.count(name) or 0

    def flag(self, name: str) -> bool:
        """Read true or false; absent is false."""
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            self.refuse(name, sentence("Must be true or false, but holds {value}.", value=_shown(value)))
            return False
        return value

    def objects(self, name: str) -> list["Fields"]:
        """Read a list of objects, each with its own path (counted from 1, as rows are)."""
        value = self._data.get(name)
        if not isinstance(value, list):
            self.refuse(name, sentence("Must be a list, but holds {value}.", value=_shown(value)))
            return []
        found = []
        for number, item in enumerate(value, 1):
            path = f"{name}[{number}]"
            if isinstance(item, dict):
                found.append(Fields(item, self._findings, f"{self._path}{path}."))
            else:
                self.refuse(path, sentence("Must be an object, but holds {value}.", value=_shown(item)))
        return found

    def warn_of_unknown(self, known: frozenset[str]) -> None:
        """Note fields nobody reads: a misspelt name must not lose a fee in silence."""
        for name in self._data:
            if name not in known:
                self.warn(name, sentence("Is not a known field and was left out."))


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[…]"
    return "{…}" if isinstance(value, dict) else f"“{value}”"
