"""Who is signed in at a supervisor's device: in memory, so that a restart asks for the PIN again (decisions/0008)."""

import secrets
from collections.abc import Callable

from msgspec import Struct

from kiosk.hub.access.devices import TOKEN_BYTES, digest

IDLE_MS = 10 * 60_000
"""A screen left alone stops commanding after this long."""


class Session(Struct, frozen=True):
    """A signed-in member of staff; `until` in the clock's milliseconds."""

    digest: bytes
    staff: str
    until: int


class Sessions:
    """One session for each device: signing in ends the one before. Use it in one thread."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        """Begin with nobody; `now_ms` is a clock that is not put back."""
        self._now_ms = now_ms
        self._of: dict[int, Session] = {}

    def begin(self, device: int, staff: str) -> str:
        """Sign someone in whose PIN was right; returns the session's secret."""
        secret = secrets.token_urlsafe(TOKEN_BYTES)
        self._of[device] = Session(digest(secret), staff, self._now_ms() + IDLE_MS)
        return secret

    def staff_of(self, device: int, secret: str) -> str | None:
        """Return who is signed in with this secret at a device, and let the session live on."""
        session = self._of.get(device)
        now = self._now_ms()
        if session is None or now >= session.until or session.digest != digest(secret):
            return None
        self._of[device] = Session(session.digest, session.staff, now + IDLE_MS)
        return session.staff

    def end(self, device: int) -> None:
        """Sign out."""
        self._of.pop(device, None)
