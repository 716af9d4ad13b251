"""A device's way to whichever machine is the hub: addresses, what is kept, when to look elsewhere (DESIGN §6)."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx
import msgspec

from kiosk.link.keeper import GiveBack, Keeper
from kiosk.link.policy import Turn, turn_after

log = logging.getLogger(__name__)
CONNECT_S = 1.0
GIVE_BACK_S = 10.0
RETRY_S = 30.0
"""A hub that recovers may have to begin again, and what had no place may find one: so it is offered again."""


class Line:
    """Usable from several threads."""

    def __init__(self, urls: Sequence[str], headers: Mapping[str, str], keeper: Keeper, patience_s: float) -> None:
        """Prepare; nothing is sent yet.

        Args:
            urls: the hub's address, and that of the standby where there is one.
            headers: who asks.
            keeper: what this device keeps.
            patience_s: how long an answer is waited for unless a request says otherwise, in seconds.
        """
        self._urls = tuple(url.rstrip("/") for url in urls)
        self._at = 0
        self._headers, self._keeper, self._patience_s = dict(headers), keeper, patience_s
        self._lock = threading.Lock()
        self.secure = any(url.startswith("https:") for url in self._urls)
        self._client = httpx.Client(
            trust_env=False,
            # Reading the machine's certificates takes a quarter of a second that a plain connection need not wait.
            verify=self.secure,
        )
        self.on_recovering: Callable[[], object] = lambda: None
        """Told when a hub asks for what was kept."""
        self.on_epoch: Callable[[], object] = lambda: None
        """Told when a hub of a new epoch decides."""

    @property
    def url(self) -> str:
        """The machine that is taken for the hub."""
        return self._urls[self._at]

    @property
    def keeper(self) -> Keeper:
        """What this device keeps."""
        return self._keeper

    def headers(self) -> dict[str, str]:
        """Return what goes with every request."""
        return {**self._headers, **self._keeper.headers()}

    def post(
        self, path: str, content: bytes, headers: Mapping[str, str] | None = None, patience_s: float | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Send a request and return status and JSON answer; {} where that cannot be read, or must not be believed.

        Raises:
            httpx.HTTPError: nobody answered; the next request goes to the other address.
        """
        url, wait_s = self.url, self._patience_s if patience_s is None else patience_s
        try:
            response = self._client.post(
                url + path,
                content=content,
                headers={"Content-Type": "application/json", **self.headers(), **(headers or {})},
                timeout=httpx.Timeout(wait_s, connect=min(CONNECT_S, wait_s)),
            )
        except httpx.HTTPError:
            self.leave(url)
            raise
        try:
            told = msgspec.json.decode(response.content, type=dict[str, Any])
            believed = self._heard(lambda: self._keeper.take(told))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self.leave(url)
            return response.status_code, {}
        told.pop("kept", None)
        return response.status_code, told if self.answered(url, response.status_code, told, believed) else {}

    def seen(self, url: str, mark: str) -> bool:
        """Note a mark that came with a view from a machine; False where its epoch is over: look elsewhere."""
        believed = self._heard(lambda: self._keeper.seen(mark))
        if not believed:
            self.leave(url)
        return believed

    def answered(self, url: str, status: int, told: Mapping[str, Any], believed: bool = True) -> bool:
        """Do what an answer asks for; tells whether it may be believed."""
        match turn_after(status, told, believed):
            case Turn.ELSEWHERE:
                self.leave(url)
            case Turn.GIVE_BACK:
                self.on_recovering()
            case Turn.STAY:
                pass
        return believed

    def leave(self, url: str) -> None:
        """Look elsewhere next time, unless another thread does already."""
        with self._lock:
            if self.url == url:
                self._at = (self._at + 1) % len(self._urls)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def give_back(self, request: GiveBack) -> bytes:
        """Send a part of what was kept; returns what became of it.

        Raises:
            httpx.HTTPError: it was not taken.
        """
        response = self._client.post(
            self.url + "/v1/returned",
            content=request.body,
            headers={"Content-Type": "application/json", **self.headers()},
            timeout=httpx.Timeout(GIVE_BACK_S, connect=CONNECT_S),
        )
        return response.raise_for_status().content

    def _heard(self, hear: Callable[[], bool]) -> bool:
        epoch = self._keeper.epoch
        believed = hear()
        if self._keeper.epoch != epoch:
            self.on_epoch()
        return believed


class GivingBack(threading.Thread):
    """Gives back what was kept, whenever a hub asks for it or a new one has not said yet that it has everything."""

    def __init__(self, line: Line) -> None:
        """Prepare; `start()` begins."""
        super().__init__(name="kept", daemon=True)
        self._line = line
        self._woken, self._stopped = threading.Event(), False
        self._asked = False
        self._gave_at: float | None = None
        line.on_recovering, line.on_epoch = self._recovering, self._woken.set

    def stop(self) -> None:
        """End."""
        self._stopped = True
        self._woken.set()

    def run(self) -> None:
        """Work until stopped. Called by `start`."""
        while not self._stopped:
            self._woken.clear()
            try:
                self._give()
            except (httpx.HTTPError, msgspec.MsgspecError) as error:
                log.info("what is kept could not be given back yet: %s", error)
            except Exception:
                log.exception("giving back failed; it is tried again")
            self._woken.wait(RETRY_S)

    def _recovering(self) -> None:
        if self._gave_at is None or time.monotonic() - self._gave_at > GIVE_BACK_S:
            self._asked = True
            self._woken.set()

    def _give(self) -> None:
        keeper = self._line.keeper
        if self._asked:
            self._asked = False
            for request in keeper.everything():
                self._line.give_back(request)
            self._gave_at = time.monotonic()
            return
        for request in keeper.unsettled():
            keeper.placed(request, self._line.give_back(request))
