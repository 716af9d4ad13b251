"""A device's line to whichever machine is the hub: HTTP on the way that `way` says (DESIGN §6)."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx
import msgspec

from kiosk.link.keeper import GiveBack, Keeper
from kiosk.link.way import GIVE_BACK_S, Errand, Way

log = logging.getLogger(__name__)
CONNECT_S = 1.0
RETRY_S = 30.0
"""A hub that recovers may have to begin again, and what had no place may find one: so it is offered again."""


class Line(Way):
    """Usable from several threads."""

    def __init__(self, urls: Sequence[str], headers: Mapping[str, str], keeper: Keeper, patience_s: float) -> None:
        """Prepare; nothing is sent yet.

        Args:
            urls: the hub's address, and that of the standby where there is one.
            headers: who asks.
            keeper: what this device keeps.
            patience_s: how long an answer is waited for unless a request says otherwise, in seconds.
        """
        super().__init__(urls, headers, keeper)
        self._patience_s = patience_s
        self.secure = any(url.startswith("https:") for url in self._urls)
        self._client = httpx.Client(
            trust_env=False,
            # Reading the machine's certificates takes a quarter of a second that a plain connection need not wait.
            verify=self.secure,
        )

    def post(
        self, path: str, content: bytes, headers: Mapping[str, str] | None = None, patience_s: float | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Send a request and return status and JSON answer; {} where that cannot be read, or must not be believed.

        Raises:
            httpx.HTTPError: nobody answered; the next request goes to the other address.
        """
        return self._exchange(
            "POST", path, content, {"Content-Type": "application/json", **(headers or {})}, patience_s
        )

    def get(self, path: str, patience_s: float | None = None) -> tuple[int, dict[str, Any]]:
        """Ask for something; returns and raises as `post` does."""
        return self._exchange("GET", path, None, {}, patience_s)

    def _exchange(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str], patience_s: float | None
    ) -> tuple[int, dict[str, Any]]:
        url, wait_s = self.url, self._patience_s if patience_s is None else patience_s
        try:
            response = self._client.request(
                method,
                url + path,
                content=content,
                headers={**self.headers(), **headers},
                timeout=httpx.Timeout(wait_s, connect=min(CONNECT_S, wait_s)),
            )
        except httpx.HTTPError:
            self.leave(url)
            raise
        try:
            told = msgspec.json.decode(response.content, type=dict[str, Any])
            return response.status_code, self.told(url, response.status_code, told)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self.leave(url)
            return response.status_code, {}

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


class GivingBack(threading.Thread):
    """Gives back what was kept, whenever a hub asks for it or a new one has not said yet that it has everything."""

    def __init__(self, line: Line) -> None:
        """Prepare; `start()` begins."""
        super().__init__(name="kept", daemon=True)
        self._line = line
        self._woken, self._stopped = threading.Event(), False
        self.on_given: Callable[[], object] = lambda: None
        """Told after every errand: the hub may know more by now, also by what others gave back."""
        self._errand = Errand(line.keeper, time.monotonic)
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
                self.on_given()
            except (httpx.HTTPError, msgspec.MsgspecError) as error:
                log.info("what is kept could not be given back yet: %s", error)
            except Exception:
                log.exception("giving back failed; it is tried again")
            self._woken.wait(RETRY_S)

    def _recovering(self) -> None:
        if self._errand.recovering():
            self._woken.set()

    def _give(self) -> None:
        requests = self._errand.requests()
        with contextlib.suppress(StopIteration):
            request = next(requests)
            while True:
                request = requests.send(self._line.give_back(request))
