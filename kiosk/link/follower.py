"""Follow the hub's stream: a whole view, then its changes; come back after every break (DESIGN §3)."""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec

from kiosk.link.line import Line
from kiosk.wire.patch import merge

log = logging.getLogger(__name__)
SILENCE_S = 25.0
"""The hub speaks at least every ten seconds; after this long without a word the line is dead."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 3.0

OnView = Callable[[dict[str, Any], bool], None]
OnTime = Callable[[int, bool], None]


class GapError(Exception):
    """A change does not follow the one before it: begin again with a whole view."""


class ViewFold:
    """A view as one connection tells it: first whole, then change by change. Knows no network."""

    def __init__(self) -> None:
        self.view: dict[str, Any] = {}
        self._previous: tuple[str, int] | None = None

    def take(self, message: dict[str, str]) -> dict[str, Any]:
        """Take the next message and return the view it leads to.

        Raises:
            GapError: it does not follow the one before.
        """
        epoch, _, number = message["id"].partition(".")
        if message["event"] == "view":
            self.view = msgspec.json.decode(message["data"])
        elif self._previous != (epoch, int(number) - 1):
            raise GapError(message["id"])
        else:
            self.view = merge(self.view, msgspec.json.decode(message["data"]))
        self._previous = (epoch, int(number))
        return self.view


class Follower(threading.Thread):
    """A thread that keeps one view up to date."""

    def __init__(self, line: Line, path: str, on_view: OnView, on_time: OnTime = lambda hub_ms, anew: None) -> None:
        """Prepare to follow the hub at the other end of a line.

        Args:
            line: the way to the hub.
            path: of the stream, such as "/v1/events?counter=3".
            on_view: told the view and whether the hub is there, in this thread.
            on_time: told hub time (ms) and whether it is a connection's first word, in this thread.
        """
        super().__init__(name="follower", daemon=True)
        self._line, self._path, self._on_view, self._on_time = line, path, on_view, on_time
        self._stopped = threading.Event()
        self._view: dict[str, Any] = {}

    def stop(self) -> None:
        """Ask the thread to end; it ends with the next word of the hub, and never outlives the process."""
        self._stopped.set()

    def run(self) -> None:
        """Follow until stopped."""
        wait = FIRST_WAIT_S
        while not self._stopped.is_set():
            try:
                for _ in self._follow_once():
                    wait = FIRST_WAIT_S
            except (httpx.HTTPError, GapError, msgspec.DecodeError) as error:
                log.info("stream broken: %s", error)
            except Exception:
                log.exception("the stream or its listener failed; a screen that hears nothing more would be worse")
            if self._stopped.is_set():
                return
            self._tell_broken()
            self._stopped.wait(wait * random.uniform(0.5, 1.0))
            wait = min(wait * 2, LONGEST_WAIT_S)

    def _tell_broken(self) -> None:
        try:
            self._on_view(self._view, False)
        except Exception:
            log.exception("telling a broken stream failed")

    def _follow_once(self) -> Iterator[None]:
        timeout, url = httpx.Timeout(3.0, read=SILENCE_S), self._line.url
        try:
            with (
                httpx.Client(timeout=timeout, trust_env=False, verify=self._line.secure) as client,
                client.stream("GET", url + self._path, headers=self._line.headers()) as response,
            ):
                if response.is_error:
                    self._refused(url, response)
                yield from self._messages(url, response)
        except httpx.TransportError:
            self._line.leave(url)
            raise

    def _refused(self, url: str, response: httpx.Response) -> None:
        try:
            told = msgspec.json.decode(response.read(), type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError):
            told = {}
        self._line.answered(url, response.status_code, told)
        response.raise_for_status()

    def _messages(self, url: str, response: httpx.Response) -> Iterator[None]:
        fold = ViewFold()
        for message in messages(lines(response.iter_bytes())):
            if self._stopped.is_set():
                return
            if "mark" in message and not self._line.seen(url, message["mark"]):
                raise GapError("that machine is not the hub any more")
            self._view = fold.take(message)
            self._on_time(int(message["time"]), message["event"] == "view")
            self._on_view(self._view, True)
            yield


def lines(chunks: Iterator[bytes]) -> Iterator[str]:
    """Split a stream into lines at line feeds only: what a person typed may hold other letters that Python takes for
    line ends, such as U+2028.
    """
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode()


def messages(told: Iterator[str]) -> Iterator[dict[str, str]]:
    """Split a stream of lines into server-sent messages; comments are skipped."""
    fields: dict[str, str] = {}
    for line in told:
        if line.startswith(":"):
            continue
        if not line:
            if "data" in fields:
                yield fields
            fields = {}
            continue
        name, _, value = line.partition(":")
        fields[name] = value.removeprefix(" ")
