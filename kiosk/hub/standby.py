"""A standby: a thread that keeps a hub's journal, row by row, so that this machine could carry it on (DESIGN §6).

What it does with what it hears is decided in `copying`; here are the network, the file and the waiting.
"""

import sqlite3
import threading
from pathlib import Path

import httpx
import msgspec
from msgspec import Struct

from kiosk.domain.site import Site
from kiosk.hub.chain import JournalDamagedError, last_day_end
from kiosk.hub.copying import PAGE, Advice, Page, advice, notes_of, taken
from kiosk.hub.folder_files import put_files
from kiosk.hub.journal import KEY, Journal, Notes
from kiosk.hub.phase import Kind, Phase, phase_in, to
from kiosk.hub.schema import DATABASE
from kiosk.hub.snapshots import folder_of
from kiosk.hub.verbatim import Stand
from kiosk.log.catalogue_of_machines import CopyFailed, CopySetAside, Following, FollowingStopped, HubUnreached
from kiosk.log.event import Failure, log
from kiosk.wire.kept import Returned, Seals

ANSWER_S = 20.0
"""The hub answers within ten seconds, whether there is something or not."""
CONNECT_S = 2.0
AGAIN_S = 0.5
STORE = "standby"
"""What a standby calls itself when it gives back."""
CHUNK = 100
"""Commands given back in one request."""


class Copy(Struct, frozen=True):
    """How far a standby is, for whoever asks."""

    seq: int = 0
    epoch: int = 1
    of: int = 0
    """The hub's newest row, as far as is known."""
    reached: bool = False
    """The hub answered last time."""
    stopped: str = ""
    """Why it does not follow any more; empty while it does."""
    present: tuple[str, ...] = ()
    """Devices that worked with the hub: a recovery waits for them."""


class Standby(threading.Thread):
    """Owns the folder's journal while it follows."""

    def __init__(self, folder: Path, site: Site, hub: str, token: str, own_url: str) -> None:
        """Prepare; `start()` begins.

        Args:
            folder: the data folder, claimed by the caller.
            site: the centre's set-up.
            hub: the hub's address.
            token: a standby's.
            own_url: where this machine answers; the hub tells it to whoever may see it.
        """
        super().__init__(name="standby", daemon=True)
        self._folder, self._site, self._hub, self._own_url = folder, site, hub.rstrip("/"), own_url
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
            trust_env=False,
        )
        self._ended = threading.Event()
        self._files = ""
        self._given_to = -1
        self.copy = Copy()
        self.files_lock = threading.Lock()
        """Held while devices, PINs and keys are written, and by whoever reads them."""

    def end(self) -> None:
        """Stop following and close the journal."""
        self._ended.set()
        self._client.close()  # ends a question that is waited for
        self.join()

    def run(self) -> None:
        """Follow until ended. Called by `start`."""
        try:
            journal = self._open()
            while not self._ended.is_set():
                journal = self._step(journal)
            journal.close()
        except Exception as error:
            log.exception(CopyFailed(Failure.of(error)))
            self._give_up("failed")

    def _open(self) -> Journal:
        before = phase_in(self._folder / DATABASE)
        present = before.expected if before.kind is Kind.FOLLOWING else ()
        journal = Journal(self._folder / DATABASE, self._site.info.id)
        journal.note(self._phase(present))
        self.copy = Copy(journal.hall.seq, journal.epoch, present=present)
        return journal

    def _phase(self, present: tuple[str, ...]) -> Notes:
        """Return what stands in the journal's file of a copy: also whom a recovery would wait for."""
        return to(Phase(Kind.FOLLOWING, expected=present, hub=self._hub))

    def _step(self, journal: Journal) -> Journal:
        """Ask once and do what the answer asks for; returns the journal, which may be a new one."""
        stand = Stand(journal.hall, journal.head, journal.epoch)
        try:
            page = self._ask(stand)
            if page is None:
                self._give_back(journal)
                self._ended.wait(AGAIN_S)
                return journal
            found = advice(page, self._site.info.id, stand)
            if found is Advice.TAKE:
                return self._take(journal, stand, page)
            if found is Advice.BEGIN_ANEW:
                self._give_back(journal)
                return self._begin_anew(journal, stand)
            if found in (Advice.ANOTHER_CENTRE, Advice.OVERTAKEN):
                log.note(FollowingStopped(found))
                self._give_up(found.value)
                self._ended.wait()
        except (httpx.HTTPError, RuntimeError, msgspec.MsgspecError) as error:  # a closed client is a RuntimeError
            if not self._ended.is_set() and (self.copy.reached or not self.copy.seq):
                log.note(HubUnreached(Failure.of(error)))
            self._told(reached=False)
            self._ended.wait(AGAIN_S)
            return journal
        except (JournalDamagedError, sqlite3.Error, OSError) as error:
            log.note(CopyFailed(Failure.of(error)))
            self._ended.wait(AGAIN_S)
            return journal
        self._ended.wait(AGAIN_S)
        return journal

    def _ask(self, stand: Stand) -> Page | None:
        """Ask for what follows; None where the hub recovers, and wants what we have."""
        asked = {
            "after": str(stand.hall.seq),
            "hash": stand.head.hex(),
            "epoch": str(stand.epoch),
            "url": self._own_url,
            "wait": "1" if self.copy.reached else "0",
        }
        response = self._client.get(f"{self._hub}/v1/copy", params=asked)
        if response.status_code == 503 and response.json().get("code") == "recovering":
            return None
        return msgspec.msgpack.decode(response.raise_for_status().content, type=Page)

    def _take(self, journal: Journal, stand: Stand, page: Page) -> Journal:
        after, appends = taken(stand, page)
        if appends or journal.key.hex() != page.key or page.present != self.copy.present:
            journal.append(appends, {**notes_of(after), KEY: page.key, **self._phase(page.present)})
            journal.hall, journal.epoch, journal.key = after.hall, after.epoch, bytes.fromhex(page.key)
        if page.files != self._files:
            self._copy_files()
            self._files = page.files
        if not self.copy.reached:
            log.note(Following(after.hall.seq, page.seq))
        self.copy = Copy(after.hall.seq, after.epoch, page.seq, True, present=page.present)
        return journal

    def _copy_files(self) -> None:
        answer = self._client.get(f"{self._hub}/v1/copy/files").raise_for_status().content
        files = msgspec.msgpack.decode(answer, type=dict[str, bytes])
        with self.files_lock:
            put_files(self._folder, files)

    def _give_back(self, journal: Journal) -> None:
        """Give a hub that lacks rows all we have of the open day: what it knows already, it knows by its id."""
        if self._given_to == journal.hall.seq:
            return
        seals, after = Seals(journal.key), max(0, last_day_end(journal._db) - 1)
        while found := journal.parcels_after(after, PAGE):
            after = found[-1].rows[-1].seq
            for start in range(0, len(found), CHUNK):
                self._send_back(tuple(map(seals.parcel, found[start : start + CHUNK])), complete=False)
        self._send_back((), complete=True)
        self._given_to = journal.hall.seq

    def _send_back(self, parcels: tuple[str, ...], *, complete: bool) -> None:
        body = msgspec.json.encode(Returned(STORE, parcels, complete))
        self._client.post(f"{self._hub}/v1/returned", content=body).raise_for_status()

    def _begin_anew(self, journal: Journal, stand: Stand) -> Journal:
        """Set this copy aside, whole, and begin another: the hub went on without its newest rows."""
        journal.close()
        path = self._folder / DATABASE
        aside = path.with_name(f"{path.name}.aside-{stand.epoch}-{stand.hall.seq}")
        path.replace(aside)
        snapshots = folder_of(path)
        if snapshots.exists():
            snapshots.replace(aside.with_suffix(f"{aside.suffix}.snapshots"))
        log.note(CopySetAside(stand.hall.seq, stand.epoch, stand.hall.seq))
        self._given_to = -1
        return self._open()

    def _told(self, *, reached: bool) -> None:
        self.copy = msgspec.structs.replace(self.copy, reached=reached)

    def _give_up(self, why: str) -> None:
        self.copy = msgspec.structs.replace(self.copy, reached=False, stopped=why)


def promoted(copy: Copy, now: int) -> Phase:
    """Return what a standby becomes that takes over."""
    return Phase(Kind.RECOVERING, "promoted", now, copy.present)
