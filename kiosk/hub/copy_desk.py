"""What a hub that decides says to a standby, and does with what devices give back, without a network (DESIGN §6)."""

from collections.abc import Callable

from kiosk.domain.commands import CloseDay, Envelope, Role
from kiosk.domain.events import Refused
from kiosk.hub.journal.reader import Reader
from kiosk.hub.takeover.copying import PAGE, Page, Question
from kiosk.hub.takeover.keeping import Keeping
from kiosk.hub.work import Outcome, Request
from kiosk.wire.kept import Became, Mark, Parcel

_BACK = CloseDay()
"""Stands where a command would, in a request that only gives back what another machine did."""


class CopyDesk:
    """Use it where `Keeping` is used; what only reads may be asked in another thread."""

    def __init__(
        self, keeping: Keeping, reader: Reader, site_id: str, epoch: int, key: bytes, now_ms: Callable[[], int]
    ) -> None:
        """Begin.

        Args:
            keeping: what devices and the standby have seen.
            reader: looks into the journal.
            site_id: the centre's.
            epoch: the journal's.
            key: the centre's journal key.
            now_ms: hub time.
        """
        self._keeping, self._reader, self._site_id = keeping, reader, site_id
        self._epoch, self._key, self._now_ms = epoch, key.hex(), now_ms

    def confirm(self, asked: Question, hash_here: bytes | None) -> bool:
        """Take note of what a standby has; tells whether it has the same past.

        Args:
            asked: its question.
            hash_here: hash of the row it named, in this journal.
        """
        theirs = bytes.fromhex(asked.hash)
        if hash_here != theirs:
            self._keeping.judge(Mark(asked.epoch, asked.after, 0, theirs))
            return False
        self._keeping.copied(asked.after, asked.url)
        return True

    def lag(self, asked: Question) -> int:
        """Return how many rows a standby is behind."""
        return self._keeping.stand.hall.seq - asked.after

    def parcels(self, asked: Question) -> tuple[Parcel, ...]:
        """Read what follows a standby's newest row."""
        return self._reader.parcels_after(asked.after, PAGE)

    def page(self, parcels: tuple[Parcel, ...], files: str, *, agrees: bool) -> Page:
        """Return the answer."""
        seq, row_hash = (0, b"") if agrees else self._reader.shared_with_others(self._epoch)
        return Page(
            site=self._site_id,
            epoch=self._epoch,
            seq=self._keeping.stand.hall.seq,
            agrees=agrees,
            parcels=parcels,
            key=self._key,
            present=self._keeping.present(),
            files=files,
            hub_time=self._now_ms(),
            shared=(seq, row_hash.hex()),
        )

    def known(self, parcel: Parcel | None) -> Became | None:
        """Say what a parcel is that need not be entered; None for one that is to be."""
        if parcel is None or not parcel.rows:
            return Became.UNREADABLE
        return Became.KNOWN if self._reader.has(parcel) else None


def entering(parcel: Parcel, role: Role, number: int | None) -> Request:
    """Return the writer's request that enters what a device of a role and number gives back."""
    return Request(Envelope(parcel.command_id, role, _BACK), parcel.request_hash, number, parcel)


def became(outcome: Outcome) -> Became | Refused:
    """Say what became of a parcel that the writer was asked to enter; refused, it is nobody's fault but this hub's."""
    if isinstance(outcome, Refused):
        return Became.LOST if outcome.code == "cannot_place" else outcome
    return Became.KNOWN if outcome.repeated else Became.ENTERED
