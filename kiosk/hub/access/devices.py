"""The centre's devices: each has a token with the rights of one role and, where it has one, one number (DESIGN §9)."""

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct

from kiosk.domain.commands import Role
from kiosk.hub.access.store import AccessStore
from kiosk.hub.journal.private import write_private

TOKEN_BYTES = 24
"""Written in hex: a token is given on a command line, where one that began with a dash would pass for an option."""
PAIRED = tuple(role for role in Role if role is not Role.HUB)
"""Roles a device can have."""
NUMBERED = frozenset({Role.KIOSK, Role.COUNTER, Role.TABLET})
"""Roles whose devices stand at a numbered place; a tablet has its counter's number."""
DEV_TOKENS = "dev-tokens.json"


class Device(Struct, frozen=True):
    """A device as the hub knows it. `paired_at`, `revoked_at` are UTC milliseconds."""

    id: int
    role: Role
    number: int | None
    """Its kiosk or counter; None where the role has none, and for a development token, which serves any."""
    name: str = ""
    paired_at: int = 0
    revoked_at: int | None = None


class DeviceError(ValueError):
    """A device that cannot be, with a sentence that says why."""


class Devices:
    """The registry, held in memory; `refresh` brings in what another process has written."""

    def __init__(self, store: AccessStore, now_ms: Callable[[], int], dev: Path | None = None) -> None:
        """Load the devices.

        Args:
            store: where they are kept.
            now_ms: wall time.
            dev: a data folder in development mode: each role has one token there, for devices of any number.
        """
        self._store, self._now_ms = store, now_ms
        self.tokens = _dev_tokens(dev / DEV_TOKENS) if dev is not None else {}
        self._dev = {
            digest(token): Device(-position, Role(role), None, f"any {role}")
            for position, (role, token) in enumerate(self.tokens.items(), start=1)
        }
        self._version = -1
        self._by_digest: dict[bytes, Device] = {}
        self.refresh()

    def of(self, authorization: str) -> Device | None:
        """Return the device behind an Authorization header; None for a stranger or a revoked one."""
        scheme, _, token = authorization.partition(" ")
        return self._by_digest.get(digest(token)) if scheme.lower() == "bearer" else None

    def add(self, role: Role, number: int | None, name: str) -> tuple[Device, str]:
        """Register a device; returns it with its token, which is not kept and cannot be told again.

        Raises:
            DeviceError: the role needs a number, or has none.
        """
        check_place(role, number)
        token = secrets.token_hex(TOKEN_BYTES)
        with self._store.change() as db:
            found = db.execute(
                "INSERT INTO devices (role, number, name, token_digest, paired_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (role.value, number, name, digest(token), self._now_ms()),
            ).fetchone()
        self._load()
        return Device(found[0], role, number, name, self._now_ms()), token

    def revoke(self, device_id: int) -> bool:
        """Take a device's rights away; False where there is none of that id or it has none any more."""
        with self._store.change() as db:
            gone = db.execute(
                "UPDATE devices SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (self._now_ms(), device_id)
            ).rowcount
        self._load()
        return gone == 1

    def all(self) -> tuple[Device, ...]:
        """Return every registered device, revoked ones too, oldest first."""
        rows = self._store.rows("SELECT id, role, number, name, paired_at, revoked_at FROM devices ORDER BY id")
        return tuple(Device(row[0], Role(row[1]), *row[2:]) for row in rows)

    def current(self) -> tuple[Device, ...]:
        """Return the registered devices that have their rights."""
        return tuple(device for device in self._by_digest.values() if device.id > 0)

    def known(self, device_id: int) -> bool:
        """Tell whether a device has its rights."""
        return any(device.id == device_id for device in self._by_digest.values())

    def refresh(self) -> bool:
        """Bring in what another process has written; tells whether there was anything."""
        version = self._store.version()
        if version == self._version:
            return False
        self._load()
        self._version = version
        return True

    def _load(self) -> None:
        rows = self._store.rows(
            "SELECT token_digest, id, role, number, name, paired_at FROM devices WHERE revoked_at IS NULL"
        )
        self._by_digest = self._dev | {row[0]: Device(row[1], Role(row[2]), *row[3:]) for row in rows}


def check_place(role: Role, number: int | None) -> None:
    """Check that a role has a number if and only if it stands at a numbered place.

    Raises:
        DeviceError: it does not fit.
    """
    if role in NUMBERED and number is None:
        raise DeviceError(f"Say which number this {role.value} has: --number N.")
    if role not in NUMBERED and number is not None:
        raise DeviceError(f"A {role.value} has no number.")


def digest(secret: str) -> bytes:
    """Return what is kept of a secret: the time a look-up takes then says nothing about it."""
    return hashlib.sha256(secret.encode()).digest()


def _dev_tokens(path: Path) -> dict[str, str]:
    """Return one token for each role, the same after every restart."""
    tokens = msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}
    if missing := [role.value for role in PAIRED if role.value not in tokens]:
        tokens |= {role: secrets.token_hex(TOKEN_BYTES) for role in missing}
        write_private(path, msgspec.json.format(msgspec.json.encode(tokens)))
    return tokens
