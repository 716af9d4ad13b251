"""A standby: a thread that keeps a hub's journal, row by row, so that this machine could carry it on (DESIGN §6).

What it asks, takes and gives back is the business of `copier`; here are the network and the waiting.
"""

import sqlite3
import threading
from pathlib import Path

import httpx
import msgspec
from msgspec import Struct

from kiosk.domain.site import Site
from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.takeover.copier import Copier
from kiosk.hub.takeover.copying import Advice, Page
from kiosk.hub.takeover.folder_files import put_files
from kiosk.hub.takeover.phase import PROMOTED, Kind, Phase
from kiosk.log.catalogue_of_machines import CopyFailed, Following, FollowingStopped, HubUnreached
from kiosk.log.event import Failure, log

ANSWER_S = 8.0
"""The hub answers within two seconds, whether there is something or not."""
CONNECT_S = 2.0
AGAIN_S = 0.5
GIVE_BACK_AGAIN_S = 5.0
"""A hub that recovers is given everything again after this long, as long as it recovers."""


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
        self.copy = Copy()
        self.files_lock = threading.Lock()
        """Held while devices, PINs and keys are written, and by whoever reads them."""

    def end(self) -> None:
        """Stop following and close the journal."""
        self._ended.set()
        self._client.close()  # no further question; one that is waited for is answered, or given up, in `ANSWER_S`
        self.join()

    def run(self) -> None:
        """Follow until ended. Called by `start`."""
        try:
            copier = Copier(self._folder, self._site, self._hub)
            self._told(copier, of=0, reached=False)
            while not self._ended.is_set():
                self._step(copier)
            copier.close()
        except Exception as error:
            log.exception(CopyFailed(Failure.of(error)))
            self._give_up("failed")

    def _step(self, copier: Copier) -> None:
        """Ask once and do what the answer asks for."""
        try:
            page = self._ask(copier)
            found = copier.advice(page)
            if found is Advice.TAKE:
                self._take(copier, page)
                return
            if found in (Advice.GIVE_BACK, Advice.BEGIN_ANEW):
                self._give_back(copier, page)
            if found is Advice.GIVE_BACK:
                # It forgets what it was given where it has to begin its window again: so it is given it again.
                self._told(copier, of=page.seq, reached=False)
                self._ended.wait(GIVE_BACK_AGAIN_S)
                return
            if found is Advice.BEGIN_ANEW:
                copier.begin_anew()
                self._told(copier, of=0, reached=False)
                return
            if found in (Advice.ANOTHER_CENTRE, Advice.OVERTAKEN):
                log.note(FollowingStopped(found))
                self._give_up(found.value)
                self._ended.wait()
        except (httpx.HTTPError, RuntimeError, msgspec.MsgspecError) as error:  # a closed client is a RuntimeError
            if not self._ended.is_set() and (self.copy.reached or not self.copy.seq):
                log.note(HubUnreached(Failure.of(error)))
            self._told(copier, of=self.copy.of, reached=False)
        except (JournalDamagedError, sqlite3.Error, OSError) as error:
            log.note(CopyFailed(Failure.of(error)))
        self._ended.wait(AGAIN_S)

    def _ask(self, copier: Copier) -> Page:
        """Ask for what follows."""
        asked = copier.question(self._own_url, wait=self.copy.reached)
        parameters = {
            "after": str(asked.after),
            "hash": asked.hash,
            "epoch": str(asked.epoch),
            "url": asked.url,
            "wait": "1" if asked.wait else "0",
        }
        response = self._client.get(f"{self._hub}/v1/copy", params=parameters)
        return msgspec.msgpack.decode(response.raise_for_status().content, type=Page)

    def _take(self, copier: Copier, page: Page) -> None:
        copier.take(page)
        if page.files != self._files:
            self._copy_files()
            self._files = page.files
        if not self.copy.reached:
            log.note(Following(copier.stand.hall.seq, page.seq))
        self._told(copier, of=page.seq, reached=True)

    def _copy_files(self) -> None:
        answer = self._client.get(f"{self._hub}/v1/copy/files").raise_for_status().content
        files = msgspec.msgpack.decode(answer, type=dict[str, bytes])
        with self.files_lock:
            put_files(self._folder, files)

    def _give_back(self, copier: Copier, page: Page) -> None:
        for body in copier.give_back(page):
            self._client.post(f"{self._hub}/v1/returned", content=body).raise_for_status()

    def _told(self, copier: Copier, *, of: int, reached: bool) -> None:
        stand = copier.stand
        self.copy = Copy(stand.hall.seq, stand.epoch, of, reached, present=copier.present)

    def _give_up(self, why: str) -> None:
        self.copy = msgspec.structs.replace(self.copy, reached=False, stopped=why)


def promoted(present: tuple[str, ...], now: int) -> Phase:
    """Return what a standby becomes that takes over.

    Args:
        present: devices that worked with the hub it followed.
        now: UTC ms.
    """
    return Phase(Kind.RECOVERING, PROMOTED, now, present)
