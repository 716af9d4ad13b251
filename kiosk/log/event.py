"""Log events, and what they may carry: nothing a person said, wrote or is called can get into one (DESIGN §9).

Fields are numbers, members of enums, classes, and the types of this module, which hold words of the code only. A `str`
is none of them: mypy refuses it where it is written, and `LogEvent` refuses it where that was not looked at. A message
of an exception is a `str` too, and often holds what somebody typed; of an exception its class, its code and its place
are kept (`Failure`).
"""

import enum
import errno
import logging
import re
import threading
import traceback
from collections import Counter
from types import TracebackType
from typing import Any, ClassVar, Self

from msgspec import Struct

LOGGER = "moi"
DEPTH = 6
"""Frames of a failure that are kept, the innermost first."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Word(Struct, frozen=True):
    """A word of the code: one of those that were registered when a module was loaded. Base of such types."""

    text: str
    known: ClassVar[set[str]] = set()

    def __init_subclass__(cls) -> None:
        cls.known = set()

    def __post_init__(self) -> None:
        if self.text not in self.known:
            raise ValueError(f"no {type(self).__name__} of that text is known")

    @classmethod
    def register(cls, *texts: str) -> None:
        """Make words known. To be called with literals or tables of the code, when a module is loaded."""
        cls.known.update(texts)

    @classmethod
    def none(cls) -> Self:
        """Return the word that stands where there is none."""
        cls.register("-")
        return cls("-")

    def __str__(self) -> str:
        return self.text


class RouteTemplate(Word, frozen=True):
    """A route as the table of routes has it: "/t/{token}", never what stood in its place."""


class RefusalCode(Word, frozen=True):
    """Why something was refused: a code of the catalogue of problems."""


class Place(Struct, frozen=True):
    """A place in the code: a module and a line."""

    module: str
    line: int
    _MODULE: ClassVar[re.Pattern[str]] = re.compile(r"[A-Za-z_][\w.]*")

    def __post_init__(self) -> None:
        if not self._MODULE.fullmatch(self.module):
            raise ValueError("that is no module's name")

    def __str__(self) -> str:
        return f"{self.module}:{self.line}"


class TicketNumber(Struct, frozen=True):
    """What is on a ticket's paper and on the board for all to see: it says nothing of whose it is."""

    text: str
    _NUMBER: ClassVar[re.Pattern[str]] = re.compile(r"([A-Z][0-9A-Z]{0,4}-?[0-9]{1,5})?")

    def __post_init__(self) -> None:
        if not self._NUMBER.fullmatch(self.text):
            raise ValueError("that is no ticket's number")

    def __str__(self) -> str:
        return self.text or "-"


class Failure(Struct, frozen=True):
    """An exception without its message: its classes from the outermost cause on, its code, and where it came from."""

    kinds: tuple[type, ...]
    code: str
    """SQLite's, the system's or PostgreSQL's name for it, such as SQLITE_FULL; empty where there is none."""
    at: tuple[Place, ...]
    _CODE: ClassVar[re.Pattern[str]] = re.compile(r"[A-Z0-9_]{0,40}")

    def __post_init__(self) -> None:
        if not self._CODE.fullmatch(self.code):
            raise ValueError("that is no code")

    @classmethod
    def of(cls, error: BaseException) -> "Failure":
        """Take what may be told from an exception."""
        kinds, cause = [type(error)], error.__cause__
        while cause is not None and len(kinds) < DEPTH:
            kinds.append(type(cause))
            cause = cause.__cause__
        return cls(tuple(kinds), _code(error) or _code(error.__cause__), _places(error.__traceback__))

    def __str__(self) -> str:
        kinds = " from ".join(kind.__name__ for kind in self.kinds)
        code = f" {self.code}" if self.code else ""
        return f"{kinds}{code} at {' in '.join(map(str, self.at))}" if self.at else f"{kinds}{code}"


class LogEvent(Struct, frozen=True):
    """Base of all events. A subclass says how grave it is and gives a sentence in which its fields stand."""

    level: ClassVar[int] = logging.INFO
    says: ClassVar[str] = ""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            if not isinstance(getattr(self, name), ALLOWED):
                raise TypeError(f"{type(self).__name__}.{name} may not be told")

    @classmethod
    def name(cls) -> str:
        """Return the event's name: "disk_full" for DiskFull."""
        return _CAMEL.sub("_", cls.__name__).lower()

    def facts(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        return {name: _plain(getattr(self, name)) for name in self.__struct_fields__}

    def __str__(self) -> str:
        return self.says.format(**{name: _told(getattr(self, name)) for name in self.__struct_fields__})


ALLOWED = (int, float, enum.Enum, type, Word, Place, TicketNumber, Failure)
"""What a field may be. bool is an int; no enum of ours is made while the program runs."""


class Log:
    """Where events are written to, and counted."""

    def __init__(self) -> None:
        self._counts: Counter[type[LogEvent]] = Counter()
        self._counting = threading.Lock()

    def counts(self) -> dict[type[LogEvent], int]:
        """Return how often each event was noted in this process."""
        with self._counting:
            return dict(self._counts)

    def note(self, event: LogEvent) -> None:
        """Write an event."""
        with self._counting:
            self._counts[type(event)] += 1
        logging.getLogger(LOGGER).log(event.level, event)

    exception = note
    """The same, where any exception is caught: linters let that pass only if it is logged by this name."""


log = Log()


def _plain(value: Any) -> Any:
    match value:
        case Failure():
            places = [str(place) for place in value.at]
            return {"kinds": [kind.__name__ for kind in value.kinds], "code": value.code, "at": places}
        case enum.Enum():
            return value.value
        case type():
            return value.__name__
        case Word() | Place() | TicketNumber():
            return str(value)
        case _:
            return value


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Failure) else _plain(value)


def _code(error: BaseException | None) -> str:
    for found in (
        getattr(error, "sqlite_errorname", None),
        getattr(error, "sqlstate", None),
        errno.errorcode.get(getattr(error, "errno", None) or 0),
    ):
        if isinstance(found, str) and Failure._CODE.fullmatch(found):
            return found
    return ""


def _places(trace: TracebackType | None) -> tuple[Place, ...]:
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in traceback.walk_tb(trace)]
    return tuple(Place(str(name), line) for name, line in reversed(frames[-DEPTH:]) if Place._MODULE.fullmatch(name))
