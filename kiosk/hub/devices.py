"""Who may ask: device tokens with the rights of one role, and staff PINs (DESIGN §9)."""

import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.domain.site import Site

FREE_TRIES = 5
FIRST_WAIT_S = 30
DEMO_HASHER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
"""A PIN has four digits, so its hash cannot hold off anyone who has the file; the rate limit does the work."""


class Devices:
    """Tokens of this hub's devices, kept in a file only the hub's user can read, so that they outlive a restart."""

    def __init__(self, path: Path) -> None:
        """Load the tokens, or make one for each role."""
        if not path.exists():
            tokens = {role.value: secrets.token_urlsafe(24) for role in Role if role is not Role.HUB}
            write_private(path, msgspec.json.format(msgspec.json.encode(tokens)))
        self.tokens: dict[str, str] = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        self._roles = {_digest(token): Role(role) for role, token in self.tokens.items()}

    def role_of(self, authorization: str) -> Role | None:
        """Return the role behind an Authorization header, or None."""
        scheme, _, token = authorization.partition(" ")
        return self._roles.get(_digest(token)) if scheme.lower() == "bearer" else None


class Pins:
    """Staff PINs as argon2id hashes, with a growing wait after wrong ones."""

    def __init__(self, path: Path, site: Site, monotonic_s: Callable[[], float]) -> None:
        """Load the hashes; a new demo centre gives everyone the PIN `demo_pin` says."""
        if not path.exists():
            hashes = {s.id: DEMO_HASHER.hash(demo_pin(s.id)) for s in site.staff}
            write_private(path, msgspec.json.format(msgspec.json.encode(hashes)))
        self._hashes = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        self._now = monotonic_s
        self._wrong: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def check(self, staff: str, pin: str) -> Refused | None:
        """Check a PIN; takes tens of milliseconds, so keep it off the event loop. None means right."""
        with self._lock:
            tries, free_at = self._wrong.get(staff, (0, 0.0))
            wait = free_at - self._now()
            if wait > 0:
                return Refused("too_many_tries", {"seconds": int(wait) + 1})
            known = self._hashes.get(staff)
            if known is None:
                return Refused("wrong_pin")  # not counted: names nobody has would fill the memory
            if _matches(known, pin):
                self._wrong.pop(staff, None)
                return None
            tries += 1
            lock_s = FIRST_WAIT_S * 2 ** (tries - FREE_TRIES) if tries >= FREE_TRIES else 0
            self._wrong[staff] = (tries, self._now() + min(lock_s, 3600))
            return Refused("wrong_pin")


def demo_pin(staff_id: str) -> str:
    """Return the demo centre's PIN of a member of staff: "nv01" signs in with 0001."""
    return "".join(c for c in staff_id if c.isdigit()).rjust(4, "0")[-4:]


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _matches(known: str, pin: str) -> bool:
    try:
        return DEMO_HASHER.verify(known, pin)
    except VerifyMismatchError:
        return False


def _digest(token: str) -> bytes:
    """Look tokens up by digest: the time a lookup takes then says nothing about a token."""
    return hashlib.sha256(token.encode()).digest()
