"""What a printer can be like, several things at once, and the bytes in which it says so.

Bits as Epson publishes them for DLE EOT, GS a (ASB) and GS r (ESC/POS reference, download4.epson.biz/sec_pubs/pos); the
bytes of single states as measured (PLATFORM §4). The drawer's pin reads high, as it does where no drawer is.
"""

from collections.abc import Set
from enum import StrEnum


class ReceiverState(StrEnum):
    """One thing that is the matter; READY is nothing. MUTE takes and prints everything and never says a word."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_JAMMED = "cutter_jammed"
    OVERHEATED = "overheated"
    OFFLINE = "offline"
    MUTE = "mute"


States = Set[ReceiverState]

STOPPING = frozenset(
    (
        ReceiverState.PAPER_OUT,
        ReceiverState.COVER_OPEN,
        ReceiverState.CUTTER_JAMMED,
        ReceiverState.OVERHEATED,
        ReceiverState.OFFLINE,
    )
)
"""While any of these holds, nothing is printed and bytes wait."""

_FIXED, _DRAWER_HIGH = 0x12, 0x04


def status_byte(number: int, states: States) -> int:
    """Return the answer to DLE EOT `number`, 1 to 4."""
    low, out, cover, cutter, hot = _facts(states)
    if number == 1:
        return _FIXED | _DRAWER_HIGH | 0x08 * bool(states & STOPPING)
    if number == 2:
        return _FIXED | 0x04 * cover | 0x20 * out | 0x40 * (cutter or hot)
    if number == 3:
        return _FIXED | 0x08 * cutter | 0x40 * hot
    return _FIXED | 0x0C * low | 0x60 * out


def status_back(states: States) -> bytes:
    """Return the four bytes of Automatic Status Back."""
    low, out, cover, cutter, hot = _facts(states)
    return bytes(
        (
            0x10 | _DRAWER_HIGH | 0x08 * bool(states & STOPPING) | 0x20 * cover,
            0x08 * cutter | 0x40 * hot,
            0x03 * low | 0x0C * out,
            0x0F,
        )
    )


def watched_by(mask: int, states: States) -> tuple[object, ...]:
    """Return what must change for ASB of GS a `mask` to speak again: on-line (2), errors (4), paper (8)."""
    low, out, cover, cutter, hot = _facts(states)
    return (
        bool(mask & 2) and (bool(states & STOPPING), cover),
        bool(mask & 4) and (cutter, hot),
        bool(mask & 8) and (low, out),
    )


def sensor_byte(which: int, states: States) -> bytes:
    """Return the answer to GS r: the paper for 1 (or "1"), the drawer for 2 (or "2"), nothing for anything else."""
    low, out, *_ = _facts(states)
    known = {1: 0x03 * low | 0x0C * out, 2: 0x01}
    return bytes(known[number] for number in (which & 0x0F,) if number in known)


def _facts(states: States) -> tuple[bool, bool, bool, bool, bool]:
    """Paper low (it is, where it is out), out, cover open, knife stuck, head too hot."""
    out = ReceiverState.PAPER_OUT in states
    return (
        out or ReceiverState.PAPER_LOW in states,
        out,
        ReceiverState.COVER_OPEN in states,
        ReceiverState.CUTTER_JAMMED in states,
        ReceiverState.OVERHEATED in states,
    )
