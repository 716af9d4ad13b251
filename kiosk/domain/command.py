"""The base of all commands, who may send them, and the shapes of what they carry."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Name = Annotated[str, Meta(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""An id somebody else gave: one line; PostgreSQL keeps no NUL."""
Remark = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A line a person or a device adds: it goes into a journal that never forgets, so it stays short."""
MadeId = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
"""An id a device made: it becomes a step of an address, and must be one that can be asked for."""
Token = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Number = Annotated[int, Meta(ge=0, le=9999)]
"""A number painted on a desk or a kiosk, or a place in a list; SQLite could not keep every number JSON can write."""
Code = Annotated[str, Meta(max_length=32, pattern=r"^[a-z0-9_]*$")]
"""A word of a list, such as a reason: what stands in the journal for ever is never a person's own words."""
Missing = Annotated[tuple[Number, ...], Meta(max_length=256)]
"""Positions (from 0) in the procedure's document list."""
Dossiers = Annotated[int, Meta(ge=1, le=99)]
DossierCode = Annotated[
    str, Meta(max_length=40, pattern=r"^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,5}$")
]
"""Tolerant of both circulars' forms; never made by us (DOMAIN §2.1)."""
Pseudonym = Annotated[str, Meta(max_length=64, pattern=r"^[0-9a-f]*$")]
PaperNumber = Annotated[str, Meta(max_length=12, pattern=r"^[A-Z][0-9A-Z]*-?\d+$")]
Moment = Annotated[int, Meta(ge=0, le=2**52)]
"""UTC milliseconds."""
ServiceDay = Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Minutes = Annotated[int, Meta(ge=1, le=600)]
Days = Annotated[int, Meta(ge=1, le=30)]
PrintDetail = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_]*$")]
"""What a printer or its driver calls its trouble."""
Tiers = Annotated[tuple[tuple[Name, ...], ...], Meta(max_length=8)]
Ballot = Annotated[bytes, Meta(max_length=4096)]
"""A sealed ballot; those of one site are all of one length (`kiosk.wire.ballots`)."""


class Role(StrEnum):
    """What a device may do; a token carries exactly one."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    TABLET = "tablet"
    BOARD = "board"
    SUPERVISOR = "supervisor"
    STANDBY = "standby"
    CENTRAL = "central"
    HUB = "hub"
    """The hub itself: timers and the clock. No device has it."""


class Command(Struct, frozen=True, tag_field="type", tag=lambda name: name):
    """Base of all commands."""
