"""Events as lines, for people or as JSON; what is no event of ours is told by its place only."""

import json
import logging
import sys
import threading
import time
from pathlib import PurePath
from types import TracebackType

from kiosk.log.catalogue import Foreign, ForeignFailed, Uncaught
from kiosk.log.event import Failure, LogEvent, Place, log

ABOVE_PACKAGES = ("site-packages", "lib", "_internal")
CHATTY = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "uvicorn.error": logging.ERROR}
"""From which level on these are heard. The web server warns of every request that is none: a stranger could fill the
disk with that.
"""


def set_up(role: str, *, verbose: bool = False, events_only: bool = False, as_json: bool = False) -> None:
    """Send log lines to standard error, each with the role that speaks.

    Args:
        role: the process's, such as "hub".
        verbose: everything, for a developer.
        events_only: nothing but events of the catalogue; what other libraries say is told by its place in their code,
            and only from warnings on.
        as_json: one JSON object a line, of events only.
    """
    handler = logging.StreamHandler(sys.stderr)
    if events_only or as_json:
        handler.setFormatter(_Json(role) if as_json else _Sentences(role))
        handler.addFilter(_only_grave)
        threading.excepthook = _uncaught_in_thread
        sys.excepthook = _uncaught
    else:
        handler.setFormatter(logging.Formatter(f"%(asctime)s {role} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler], force=True)
    for name, level in CHATTY.items():
        logging.getLogger(name).setLevel(level)


def _only_grave(record: logging.LogRecord) -> bool:
    return isinstance(record.msg, LogEvent) or record.levelno >= logging.WARNING


def event_of(record: logging.LogRecord) -> LogEvent:
    """Return a record's event; one of another library becomes one that says where it was written, and nothing of it."""
    if isinstance(record.msg, LogEvent):
        return record.msg
    where = Place(_module(record), record.lineno)
    error = record.exc_info[1] if record.exc_info else None
    return Foreign(where) if error is None else ForeignFailed(where, Failure.of(error))


def _module(record: logging.LogRecord) -> str:
    """Name the module a record was written in, without the folders above its package: they may bear a user's name."""
    parts = PurePath(record.pathname).with_suffix("").parts
    above = max((n for n, part in enumerate(parts) if part in ABOVE_PACKAGES), default=len(parts) - 2)
    name = ".".join(parts[above + 1 :])
    return name if Place._MODULE.fullmatch(name) else record.module


class _Sentences(logging.Formatter):
    """ "2026-11-23 08:00:00,000 hub INFO journal_checked: …"."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        event = event_of(record)
        return f"{self.formatTime(record)} {self._role} {record.levelname} {event.name()}: {event}"


class _Json(logging.Formatter):
    """One object a line. `at` is UTC, ISO 8601; the event's fields stand under `facts`."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._role = role

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        event = event_of(record)
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "at": f"{at}.{int(record.msecs):03d}Z",
            "role": self._role,
            "level": record.levelname.lower(),
            "event": event.name(),
            "facts": event.facts(),
        }
        return json.dumps(line, ensure_ascii=False)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.note(Uncaught(Failure.of(error)))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.note(Uncaught(Failure.of(args.exc_value)))
