"""What devices are given to keep, and what they have seen: how nothing is lost with the hub's machine (DESIGN §6)."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from kiosk.domain.events import Refused
from kiosk.hub.journal.journal import Append
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.verbatim import Stand, parcel_of
from kiosk.hub.takeover.phase import BEHIND, Kind, Phase
from kiosk.hub.takeover.standing import Standing, standing
from kiosk.log.catalogue_of_machines import HubFell, MarkUnknown
from kiosk.log.event import log
from kiosk.wire.kept import Kept, Mark, Parcel, Seals

PRESENT_MS = 5 * 60_000
"""A device that was heard within this time is waited for in a recovery."""
ROUGH_MS = 10_000
"""How far rows were copied is told in steps of this, so that nobody can watch single rows arrive (DESIGN §9)."""
COMMIT_MS = 60_000
"""A row may still be on its way to the disk this long after the hall time it bears."""
SILENT_MS = 30_000
"""A standby asks at least every two seconds; while its network is slow, every ten."""
ALL_HEARD_MS = 60_000
"""After this long every device that works was heard: each sends a heartbeat every fifteen seconds."""
STANDBY = "standby"
"""What a standby calls itself where devices have the id of their store."""
KNOWN_MARKS = 4096
REFUSALS = {Standing.BEHIND: Refused("recovering"), Standing.OVERTAKEN: Refused("not_the_hub")}


class Fallen(Struct, frozen=True):
    """A hub that may not decide any more, and why."""

    standing: Standing
    mark: Mark
    """What a device has seen that this journal does not hold."""
    present: tuple[str, ...]
    """Devices that were here lately."""

    @property
    def refusal(self) -> Refused:
        """What is said to whoever asks."""
        return REFUSALS[self.standing]


def phase_after(fallen: Fallen, now: int) -> Phase:
    """Say what a hub becomes that may not decide any more; `now` is UTC ms."""
    if fallen.standing is Standing.OVERTAKEN:
        return Phase(Kind.STEPPED_DOWN, "overtaken", now)
    return Phase(Kind.RECOVERING, BEHIND, now, fallen.present)


class Keeping:
    """Use it in the server's event loop, but for `committed`."""

    def __init__(
        self,
        seals: Seals,
        reader: Reader,
        stand: Stand,
        now_ms: Callable[[], int],
        on_fallen: Callable[[Fallen], None],
    ) -> None:
        """Begin.

        Args:
            seals: the centre's.
            reader: looks into the journal.
            stand: the journal as it is.
            now_ms: hub time.
            on_fallen: told once when a device has seen what this journal does not hold: end, and recover.
        """
        self._seals, self._reader, self._now_ms, self._on_fallen = seals, reader, now_ms, on_fallen
        self._stand = stand
        self._mark, self._mark_seq = "", -1
        self._known: dict[str, None] = {}
        self._heard_at: dict[str, int] = {}
        self._began_at = now_ms()
        self.fallen: Fallen | None = None
        self.copied_at = 0
        """The machine that would take over has every row up to this hall time."""
        self.copied_seq, self.copied_when, self.standby_url = 0, 0, ""
        """The newest row it has, when it last said so (UTC ms), and where it answers; 0 and "" where there is none."""

    @property
    def stand(self) -> Stand:
        """The journal as it is committed."""
        return self._stand

    def committed(self, stand: Stand) -> None:
        """Take note of a commit; called in the writer's thread."""
        self._stand = stand

    def mark(self) -> str:
        """Return the sealed mark of the newest commit, made once for all who are told it."""
        stand = self._stand
        if stand.hall.seq != self._mark_seq:
            self._mark, self._mark_seq = self._seals.mark(stand.mark()), stand.hall.seq
            self._remember(self._mark)
        return self._mark

    def hear(self, device: str, seen: str) -> Refused | None:
        """Note what a device has seen; returns why nothing may be decided for it, None where all is well.

        Args:
            device: the id of its store; empty where it keeps nothing.
            seen: the highest mark it was told.
        """
        if device:
            self._heard_at[device] = self._now_ms()
        if seen and seen not in self._known and self.fallen is None:
            self._judge(seen)
        return self.fallen.refusal if self.fallen is not None else None

    def judge(self, mark: Mark) -> Standing:
        """Judge by a mark, and fall where it says so."""
        found = standing(mark, self._stand.epoch, self._stand.hall.seq, self._reader.hash_at)
        if found is not Standing.FINE and self.fallen is None:
            log.note(HubFell(found, mark.epoch, mark.seq))
            self.fallen = Fallen(found, mark, self._to_wait_for())
            self._on_fallen(self.fallen)
        return found

    def present(self) -> tuple[str, ...]:
        """Return the devices that were heard lately, and the standby."""
        now = self._now_ms()
        self._heard_at = {d: at for d, at in self._heard_at.items() if now - at < PRESENT_MS}
        return tuple(self._heard_at)

    def _to_wait_for(self) -> tuple[str, ...]:
        """Return whom a recovery waits for; none where too little time has passed to know who there is: a machine that
        was set back has just begun, and the first device it hears is the one that tells it so.
        """
        return self.present() if self._now_ms() - self._began_at >= ALL_HEARD_MS else ()

    def with_kept(self, answer: bytes, wrote: Append | Parcel | None) -> bytes:
        """Add to an answer what the device must keep; the answer itself stays word for word.

        Args:
            answer: a JSON object.
            wrote: what the command wrote.
        """
        parcel = parcel_of(wrote) if isinstance(wrote, Append) else wrote
        sealed, copied = "", self.copied_at
        if parcel is not None and parcel.rows:
            sealed, copied = self._seals.parcel(parcel), min(copied, parcel.rows[0].at - 1)
        kept = msgspec.json.encode(Kept(self.mark(), sealed, copied))
        return answer[:-1] + (b',"kept":' if len(answer) > 2 else b'"kept":') + kept + b"}"

    def copied(self, seq: int, by: str = "") -> None:
        """Note that the machine that would take over, which answers at `by`, has every row up to `seq`."""
        self.copied_seq, self.standby_url, self.copied_when = seq, by, self._now_ms()
        self._heard_at[STANDBY] = self.copied_when
        next_at = self._reader.at_of(seq + 1)
        upto = self._now_ms() - COMMIT_MS if next_at is None else next_at - 1
        self.copied_at = upto // ROUGH_MS * ROUGH_MS

    def standby_state(self) -> dict[str, Any]:
        """Say how far a standby is, for those who may see rows."""
        if not self.copied_when:
            return {"status": "none"}
        lag = self._stand.hall.seq - self.copied_seq
        here = self._now_ms() - self.copied_when < SILENT_MS
        return {"status": "following" if here else "silent", "lag": lag, "url": self.standby_url}

    def _judge(self, seen: str) -> None:
        mark = self._seals.open_mark(seen)
        if mark is None:
            log.note(MarkUnknown())
        elif self.judge(mark) is not Standing.FINE:
            return
        self._remember(seen)

    def _remember(self, mark: str) -> None:
        self._known[mark] = None
        if len(self._known) > KNOWN_MARKS:
            del self._known[next(iter(self._known))]
