"""A standby's copy of a hub's journal: what it asks, what it does with the answer, what it gives back (DESIGN §6).

Knows no network and no waiting: a thread with HTTP (`standby`), or the simulation, carries what it says.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.domain.site import Site
from kiosk.hub.journal.chain import last_day_end
from kiosk.hub.journal.journal import KEY, Journal, Notes
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.journal.snapshots import folder_of
from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.copying import PAGE, Advice, Page, Question, advice, notes_of, taken
from kiosk.hub.takeover.keeping import STANDBY
from kiosk.hub.takeover.phase import Kind, Phase, phase_in, to
from kiosk.log.catalogue_of_machines import CopySetAside
from kiosk.log.event import log
from kiosk.wire.kept import Returned, Seals

CHUNK = 100
"""Commands given back in one request."""


class Copier:
    """Owns the folder's journal while this machine follows. Use it in the thread that made it."""

    def __init__(self, folder: Path, site: Site, hub: str) -> None:
        """Open the copy, or begin one.

        Args:
            folder: the data folder, claimed by the caller.
            site: the centre's set-up.
            hub: the hub's address.

        Raises:
            JournalDamagedError, OSError: see `Journal`.
        """
        self._folder, self._site, self._hub = folder, site, hub
        before = phase_in(folder / DATABASE)
        self.present = before.expected if before.kind is Kind.FOLLOWING else ()
        """Devices that worked with the hub: a recovery waits for them."""
        self._open()

    def _open(self) -> None:
        self.journal = Journal(self._folder / DATABASE, self._site.info.id)
        self.journal.note(self._phase())

    def _phase(self) -> Notes:
        """Return what stands in the journal's file of a copy: also whom a recovery would wait for."""
        return to(Phase(Kind.FOLLOWING, expected=self.present, hub=self._hub))

    @property
    def stand(self) -> Stand:
        """How far the copy goes."""
        return Stand(self.journal.hall, self.journal.head, self.journal.epoch)

    def question(self, own_url: str, *, wait: bool) -> Question:
        """Return what to ask; `wait` has the hub hold its answer until there is something."""
        stand = self.stand
        return Question(stand.hall.seq, stand.head.hex(), stand.epoch, own_url, wait)

    def advice(self, page: Page) -> Advice:
        """Say what to do with a page."""
        return advice(page, self._site.info.id, self.stand)

    def take(self, page: Page) -> None:
        """Take what follows; it is on the disk when this returns.

        Raises:
            JournalDamagedError: its rows do not continue ours, or cannot be read by this version.
            sqlite3.Error: it could not be written; the copy is as it was.
        """
        journal = self.journal
        after, appends = taken(self.stand, page)
        present = tuple(device for device in page.present if device != STANDBY)
        if appends or journal.key.hex() != page.key or present != self.present:
            self.present = present
            journal.append(appends, {**notes_of(after), KEY: page.key, **self._phase()})
            journal.hall, journal.epoch, journal.key = after.hall, after.epoch, bytes.fromhex(page.key)

    def give_back(self, page: Page) -> Iterator[bytes]:
        """Return the requests that give a hub all it may lack, each as its body: what it knows, it knows by its id.

        Args:
            page: what the hub answered. Where we have the row up to which it carried the journal on, all that follows
                is given; where not, all of the open day.
        """
        journal = self.journal
        seq, row_hash = page.shared
        here = journal.hash_at(seq)
        after = seq if here is not None and here.hex() == row_hash else max(0, last_day_end(journal._db) - 1)
        seals = Seals(journal.key)
        while found := journal.parcels_after(after, PAGE):
            after = found[-1].rows[-1].seq
            for start in range(0, len(found), CHUNK):
                yield _returned(tuple(map(seals.parcel, found[start : start + CHUNK])), complete=False)
        yield _returned((), complete=True)

    def begin_anew(self) -> None:
        """Set this copy aside, whole, and begin another: the hub went on without its newest rows.

        Raises:
            OSError: the files cannot be moved.
        """
        stand = self.stand
        self.journal.close()
        path = self._folder / DATABASE
        aside = path.with_name(f"{path.name}.aside-{stand.epoch}-{stand.hall.seq}")
        path.replace(aside)
        snapshots = folder_of(path)
        if snapshots.exists():
            snapshots.replace(aside.with_suffix(f"{aside.suffix}.snapshots"))
        log.note(CopySetAside(stand.hall.seq, stand.epoch, stand.hall.seq))
        self._open()

    def close(self) -> None:
        """Close the journal."""
        self.journal.close()


def _returned(parcels: tuple[str, ...], *, complete: bool) -> bytes:
    return msgspec.json.encode(Returned(STANDBY, parcels, complete))
