"""Who took a number today, as far as a limit for each person needs it: a pseudonym nobody can follow (DESIGN §9).

A kiosk sends a keyed hash of what identifies a person, never that itself. Here it is hashed once more with a secret of
the day; only the result goes on into the journal. When the day is over the secret is gone, and with it the way back
from a pseudonym to a hash, and from one day's pseudonym to another's.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.hub.journal.private import write_private

FILE = "person-secret.json"
"""In the hub's folder, that a restart in the day counts on. It is never part of a backup."""


class _Secret(Struct, frozen=True):
    """The secret of one service day."""

    day: str
    key: bytes


class Persons:
    """Makes the day's pseudonyms. Any thread may ask."""

    def __init__(self, folder: Path, service_day: Callable[[], str]) -> None:
        """Take up the day's secret, or forget yesterday's.

        Args:
            folder: the hub's.
            service_day: tells which day it is now.
        """
        self._path, self._service_day = folder / FILE, service_day
        self._lock = threading.Lock()
        self._secret = self._stored()
        if self._secret is None:
            self._forget(None)  # what cannot be read
        self.forget_other_days()

    def pseudonym(self, person: str) -> str:
        """Return the day's pseudonym of a keyed hash; the first of a day writes a file, so keep it off the event loop.

        Raises:
            OSError: the day's secret cannot be kept.
        """
        with self._lock:
            today = self._service_day()
            if self._secret is None or self._secret.day != today:
                fresh = _Secret(today, secrets.token_bytes(32))
                write_private(self._path, msgspec.json.encode(fresh))
                self._secret = fresh
            return hmac.new(self._secret.key, person.encode(), hashlib.sha256).hexdigest()[:32]

    def forget_other_days(self) -> None:
        """Forget a secret whose day is over; closed early and opened again, a day still knows its persons."""
        secret = self._secret
        if secret is not None and secret.day != self._service_day():
            self._forget(secret)

    def _forget(self, secret: _Secret | None) -> None:
        with self._lock:
            if self._secret is secret:
                self._secret = None
                self._path.unlink(missing_ok=True)

    def _stored(self) -> _Secret | None:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_Secret)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None
