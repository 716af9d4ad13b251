"""A machine that took over tells the one it followed: nobody else may ever speak to both (DESIGN §6).

A supervisor said that the old machine is off, and nothing can prove it. Where it lives on, cut off with some of the
devices, these go on with it after the cut is mended: it answers them, so they look nowhere else. So whoever took over
asks its old hub, as long as it is the hub itself, as a standby would: the question names a later epoch, and whoever
hears of one steps down.
"""

import threading
from collections.abc import Callable

import httpx
import msgspec

from kiosk.hub.journal.verbatim import Stand
from kiosk.hub.takeover.copying import Page, Question
from kiosk.hub.takeover.standby import CONNECT_S
from kiosk.log.catalogue_of_machines import HeraldFailed
from kiosk.log.event import Failure, log
from kiosk.wire.kept import Mark

EVERY_S = 5.0
ANSWER_S = 5.0


def question_to_the_old_hub(stand: Stand) -> Question:
    """Return what tells a machine that this one has taken over."""
    return Question(stand.hall.seq, stand.head.hex(), stand.epoch, wait=False)


def mark_of_a_later_epoch(page: Page, site: str, stand: Stand) -> Mark | None:
    """Return what is to be made of the answer: a mark where it is us whom another machine has overtaken."""
    return Mark(page.epoch, page.seq, 0, b"") if page.site == site and page.epoch > stand.epoch else None


class Herald(threading.Thread):
    """Tells the old hub every few seconds. Most of the time it is off, which is no news."""

    def __init__(
        self, hub: str, token: str, site: str, stand: Callable[[], Stand], judge: Callable[[Mark], object]
    ) -> None:
        """Prepare; `start()` begins.

        Args:
            hub: address of the machine that was followed.
            token: a standby's.
            site: the centre's id.
            stand: the journal as it is.
            judge: told a mark of a later epoch, in this thread.
        """
        super().__init__(name="herald", daemon=True)
        self._hub, self._site, self._stand, self._judge = hub.rstrip("/"), site, stand, judge
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(ANSWER_S, connect=CONNECT_S),
            trust_env=False,
        )
        self._ended = threading.Event()

    def end(self) -> None:
        """Tell no more."""
        self._ended.set()
        self._client.close()
        self.join()

    def run(self) -> None:
        """Tell until ended. Called by `start`."""
        while not self._ended.is_set():
            try:
                self._tell()
            except (httpx.HTTPError, RuntimeError, msgspec.MsgspecError):  # a closed client is a RuntimeError
                pass
            except Exception as error:
                log.exception(HeraldFailed(Failure.of(error)))
            self._ended.wait(EVERY_S)

    def _tell(self) -> None:
        stand = self._stand()
        asked = question_to_the_old_hub(stand)
        parameters = {"after": str(asked.after), "hash": asked.hash, "epoch": str(asked.epoch), "url": "", "wait": "0"}
        response = self._client.get(f"{self._hub}/v1/copy", params=parameters)
        if response.status_code == 200:
            mark = mark_of_a_later_epoch(msgspec.msgpack.decode(response.content, type=Page), self._site, stand)
            if mark is not None:
                self._judge(mark)
