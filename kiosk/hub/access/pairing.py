"""Pairing: an administrator makes a short code, the new device gives it up for its token, once (DESIGN §9)."""

import secrets
from collections import deque
from collections.abc import Callable

from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.hub.access.devices import Device, Devices, check_place, digest
from kiosk.hub.access.store import AccessStore

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that is misread from one screen to another."""
CODE_LENGTH = 8
"""39 bits: at the rate below, guessing a code while it lives works once in five billion."""
CODE_LIVES_MS = 10 * 60_000
WRONG_CODES = 10
WRONG_CODES_MS = 60_000
"""So many wrong codes in so long a time, whoever sends them; then everybody waits."""


def new_code(store: AccessStore, now_ms: int, role: Role, number: int | None, name: str) -> str:
    """Make a code for one device, such as "k7mq-3x9d".

    Raises:
        DeviceError: the role needs a number, or has none.
    """
    check_place(role, number)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    with store.change() as db:
        db.execute("DELETE FROM codes WHERE expires_at <= ?", (now_ms,))
        db.execute(
            "INSERT INTO codes VALUES (?, ?, ?, ?, ?)",
            (digest(code), role.value, number, name, now_ms + CODE_LIVES_MS),
        )
    return f"{code[:4]}-{code[4:]}"


class Pairing:
    """Takes codes. Use it in one thread at a time."""

    def __init__(self, store: AccessStore, devices: Devices, now_ms: Callable[[], int]) -> None:
        self._store, self._devices, self._now_ms = store, devices, now_ms
        self._wrong: deque[int] = deque(maxlen=WRONG_CODES)

    def pair(self, code: str) -> tuple[Device, str] | Refused:
        """Give a device its token for a code, or say why not. A code whose answer was lost is spent: make another."""
        now = self._now_ms()
        if len(self._wrong) == WRONG_CODES and (left := self._wrong[0] + WRONG_CODES_MS - now) > 0:
            return Refused("too_many_codes", {"seconds": -(-left // 1000)})
        plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
        with self._store.change() as db:
            row = db.execute(
                "DELETE FROM codes WHERE code_digest = ? RETURNING role, number, name, expires_at", (digest(plain),)
            ).fetchone()
        if row is None or row[3] <= now:
            self._wrong.append(now)
            return Refused("wrong_code")
        return self._devices.add(Role(row[0]), row[1], row[2])
