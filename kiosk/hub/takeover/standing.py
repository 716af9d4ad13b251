"""Whether a hub may decide, as far as what devices have seen tells (DESIGN §6).

A hub that was restored, or whose machine was set back to a snapshot, does not know it; its devices do. And one that
another machine has taken over from learns it from the first device that was there.
"""

from collections.abc import Callable
from enum import StrEnum

from kiosk.wire.kept import Mark


class Standing(StrEnum):
    """What a device's mark says of this hub."""

    FINE = "fine"
    BEHIND = "behind"
    """Somebody was told what this journal does not hold: stop, and recover."""
    OVERTAKEN = "overtaken"
    """Another machine carries the journal on: step down."""


def standing(mark: Mark, epoch: int, head_seq: int, hash_at: Callable[[int], bytes | None]) -> Standing:
    """Judge by one mark.

    Args:
        mark: what a device has seen.
        epoch: this hub's.
        head_seq: its newest row.
        hash_at: hash of a row of this journal; None where there is none.
    """
    if mark.epoch > epoch:
        return Standing.OVERTAKEN
    if mark.epoch < epoch:
        # What that machine wrote and this one does not have is given back as parcels, and entered or named.
        return Standing.FINE
    if mark.seq > head_seq or hash_at(mark.seq) != mark.hash:
        return Standing.BEHIND
    return Standing.FINE
