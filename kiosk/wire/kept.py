"""What a device keeps for the hub, and cannot read: what its commands wrote, and how far it has seen the journal.

Every answer carries a *parcel*, all that its command wrote (DESIGN §6), and a *mark*, the newest row the device has
heard of. Both are sealed to the centre's journal key: row numbers would show a counter that something was written in
between, which may have been a rating (DESIGN §9), and a device must not be able to make up rows for a hub that
recovers.
"""

import base64
import binascii
import hashlib
import secrets
from enum import StrEnum
from typing import TypeVar

import msgspec
from msgspec import Struct
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from kiosk.domain.events import SideData

KEY_BYTES = 32
T = TypeVar("T")


class KeptRow(Struct, frozen=True, array_like=True):
    """A row of the journal: `body` is the very bytes the hash covers."""

    seq: int
    at: int
    body: bytes
    hash: bytes


class Parcel(Struct, frozen=True, array_like=True):
    """Everything one command wrote."""

    epoch: int
    command_id: str
    rows: tuple[KeptRow, ...]
    side: tuple[tuple[int, SideData], ...] = ()
    """Side data with the seq of the row it belongs to."""
    day: str = ""
    role: str = ""
    request_hash: str = ""
    answer: bytes = b""
    """Empty where it is not remembered any more."""


class Mark(Struct, frozen=True, array_like=True):
    """How far a journal went when this was made, and which numbers had been given."""

    epoch: int
    seq: int
    at: int
    """Hall time of the row `seq`."""
    hash: bytes
    day: str = ""
    """The day that was open."""
    ordinals: dict[str, int] = {}
    """Last number given on that day, by queue."""
    ahead: dict[str, dict[str, int]] = {}
    """Last number promised of later days."""


class Kept(Struct, frozen=True, omit_defaults=True):
    """What an answer carries for the device to keep; on the wire it is the field `kept`."""

    mark: str
    parcel: str = ""
    copied: int = 0
    """The machine that would take over has every row up to this hall time: what is older need not be kept."""


class Returned(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device gives back to a hub that asks for it."""

    device: str
    """The id of the device's store, made with it."""
    parcels: tuple[str, ...] = ()
    complete: bool = False
    """There is nothing more."""


class Became(StrEnum):
    """What became of a parcel that was given back."""

    TAKEN = "taken"
    """Its turn comes when the recovery window is over."""
    KNOWN = "known"
    """This journal has it."""
    ENTERED = "entered"
    """It was entered as the fact it is."""
    LOST = "lost"
    """It cannot be entered as things are; it is named."""
    UNREADABLE = "unreadable"
    """It was not sealed with this centre's key."""


class Placed(Struct, frozen=True):
    """What became of parcels given back, in their order."""

    became: tuple[Became, ...] = ()
    mark: str = ""
    """Of the hub that has them now; empty while it recovers."""


class Seals:
    """Seals and opens with one centre's journal key. Whatever was not sealed with it is nothing."""

    def __init__(self, key: bytes) -> None:
        """Take the key, `KEY_BYTES` long."""
        self._parcels, self._marks = (
            SecretBox(hashlib.blake2b(key, digest_size=SecretBox.KEY_SIZE, person=person).digest())
            for person in (b"parcel", b"mark")
        )

    def parcel(self, parcel: Parcel) -> str:
        """Seal a parcel."""
        return _text(self._parcels, parcel)

    def open_parcel(self, text: str) -> Parcel | None:
        """Open a parcel; None where it was not sealed here."""
        return _opened(self._parcels, text, Parcel)

    def mark(self, mark: Mark) -> str:
        """Seal a mark; what it is ordered by stands before it in plain."""
        return f"{mark.epoch}.{mark.at}.{_text(self._marks, mark)}"

    def open_mark(self, text: str) -> Mark | None:
        """Open a mark; None where it was not sealed here."""
        return _opened(self._marks, text.rpartition(".")[2], Mark)


def new_key() -> bytes:
    """Make a centre's journal key."""
    return secrets.token_bytes(KEY_BYTES)


def order_of(mark: str) -> tuple[int, int]:
    """Return (epoch, hall time) of a mark: the highest a device has heard is the one it keeps; (0, 0) for no mark."""
    epoch, _, rest = mark.partition(".")
    at = rest.partition(".")[0]
    return (int(epoch), int(at)) if epoch.isdecimal() and at.isdecimal() else (0, 0)


def _text(box: SecretBox, content: Struct) -> str:
    return base64.urlsafe_b64encode(box.encrypt(msgspec.msgpack.encode(content))).decode()


def _opened(box: SecretBox, text: str, kind: type[T]) -> T | None:
    try:
        return msgspec.msgpack.decode(box.decrypt(base64.urlsafe_b64decode(text)), type=kind)
    except (binascii.Error, CryptoError, ValueError, msgspec.MsgspecError):
        return None
