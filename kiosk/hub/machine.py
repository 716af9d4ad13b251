"""One machine with a journal, through all it may be: the hub, one that recovers, one that another has overtaken.

What it is stands in the journal's own file (`phase`), so that a machine that dies in the middle goes on as what it was.
What speaks to another machine is imported where there is one: the HTTP client costs a restart a tenth of a second.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.hub.access.access import Access
from kiosk.hub.hub import Hub
from kiosk.hub.journal.claim import Claim
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.schema import DATABASE, refuse_newer
from kiosk.hub.takeover.keeping import Fallen, phase_after
from kiosk.hub.takeover.phase import Kind, Phase, has_rows, phase_in, started_as, to
from kiosk.hub.web.serve import HubServer, Server
from kiosk.hub.web.window import Window
from kiosk.log.catalogue import HubStarted, HubStopped
from kiosk.log.event import log
from kiosk.ports import Clock

if TYPE_CHECKING:
    from kiosk.hub.herald import Herald

DISK_FAILED = 74
"""Exit code when an outcome is unknown (sysexits' EX_IOERR): start again, the journal is checked then."""
NOT_THE_HUB = 75
"""Exit code of a machine that another one has taken over from (EX_TEMPFAIL)."""
Stop = Callable[[], object]


class Follow(Struct, frozen=True):
    """Whom a standby follows."""

    hub: str
    token: str
    own_url: str


class Setup(Struct, frozen=True):
    """What a machine is given by whoever composes it."""

    folder: Path
    site: Site
    catalogue: Catalogue
    clock: Clock
    version: str
    public_url: str
    dev: bool
    window_ms: int
    follow: Follow | None = None
    """None for a machine that begins as the hub."""
    on_commit: Callable[[], object] = lambda: None
    beside: Callable[[Hub], Stop] = lambda _: lambda: None
    """Starts what works beside a hub, such as the way to the province; returns what ends it."""


def tokens_of(setup: Setup) -> dict[str, str]:
    """Return the development tokens of a folder, made if there are none; its claim is given back at once.

    Raises:
        FolderInUseError: another machine works there.
        NewerFolderError: a newer program wrote it.
        OSError: the folder cannot be used.
    """
    setup.folder.mkdir(parents=True, exist_ok=True)
    refuse_newer(setup.folder / DATABASE)  # before anything is made: a newer program's files may differ too
    claim = Claim(setup.folder)
    try:
        access = Access(setup.folder, setup.site, setup.clock, dev=setup.dev)
        access.close()
        return access.devices.tokens
    finally:
        claim.close()


def serve(setup: Setup, listener: socket.socket) -> int:
    """Be what the machine is, and what it becomes, until told to end; returns the process's exit code.

    Raises:
        FolderInUseError, NewerFolderError, JournalDamagedError, OSError: the folder cannot be used.
    """
    while True:
        phase = phase_in(setup.folder / DATABASE)
        match started_as(phase, follows=setup.follow is not None, has_rows=has_rows(setup.folder / DATABASE)):
            case Kind.RECOVERING:
                code = _recover(setup, listener, phase)
            case Kind.DECIDING:
                code = _decide(setup, listener)
            case _:
                code = _follow(setup, listener, setup.follow) if setup.follow is not None else NOT_THE_HUB
        if code is not None:
            return code


def _follow(setup: Setup, listener: socket.socket, follow: Follow) -> int | None:
    """Keep a copy of the hub's journal; None where this machine takes over."""
    from kiosk.hub.takeover.standby import Standby, promoted
    from kiosk.hub.web.standby_web import StandbyWeb

    setup.folder.mkdir(parents=True, exist_ok=True)
    refuse_newer(setup.folder / DATABASE)
    claim, promote = Claim(setup.folder), threading.Event()

    def on_promote() -> None:
        promote.set()
        server.should_exit = True

    def open_access() -> Access:
        return Access(setup.folder, setup.site, setup.clock, dev=setup.dev)

    standby = Standby(setup.folder, setup.site, follow.hub, follow.token, follow.own_url)
    server = Server(StandbyWeb(standby, open_access, on_promote).app())
    standby.start()
    try:
        server.run(sockets=[listener.dup()])
    finally:
        standby.end()
        claim.close()
    if not promote.is_set():
        return 0
    _become(setup, promoted(standby.copy.present, setup.clock.now_ms()))
    return None


def _decide(setup: Setup, listener: socket.socket) -> int | None:
    """Be the hub; None where a device has seen what this journal does not hold."""
    failed: list[BaseException] = []
    fell: list[Fallen] = []

    def on_failure(error: BaseException) -> None:
        failed.append(error)
        server.should_exit = True

    def on_fallen(fallen: Fallen) -> None:
        fell.append(fallen)
        server.should_exit = True

    hub = Hub(
        setup.folder,
        setup.site,
        setup.catalogue,
        setup.clock,
        public_url=lambda: setup.public_url,
        on_commit=setup.on_commit,
        on_failure=on_failure,
        dev=setup.dev,
    )
    hub.on_fallen = on_fallen
    with ExitStack() as ending:  # whatever fails from here on, nothing of the hub works on behind it
        ending.callback(lambda: log.note(HubStopped(hub.writer.hall.seq)))
        ending.callback(hub.close)
        server = HubServer(hub, setup.version)
        ending.callback(setup.beside(hub))
        if setup.follow is not None:
            ending.callback(_herald(setup.follow, hub).end)
        log.note(HubStarted(listener.getsockname()[1], hub.epoch, hub.writer.hall.seq))
        # A copy: the server closes it, and who comes while the machine changes waits in the queue of this one.
        server.run(sockets=[listener.dup()])
    if fell and not failed:
        _become(setup, phase_after(fell[0], setup.clock.now_ms()))
        return None
    return DISK_FAILED if failed else 0


def _herald(follow: Follow, hub: Hub) -> "Herald":
    from kiosk.hub.herald import Herald

    herald = Herald(follow.hub, follow.token, hub.site.info.id, lambda: hub.keeping.stand, hub.hear_of)
    herald.start()
    return herald


def _recover(setup: Setup, listener: socket.socket, phase: Phase) -> int | None:
    """Wait for the devices and carry the journal on; None where this machine is the hub from here on."""
    window = Window(setup.folder, setup.site, setup.clock, phase, dev=setup.dev, window_ms=setup.window_ms)
    try:

        def on_over() -> None:
            server.should_exit = True

        server = Server(window.app(on_over))
        server.run(sockets=[listener.dup()])
        if not window.over:
            return 0
        window.carry_on()
    finally:
        window.close()
    return None


def _become(setup: Setup, phase: Phase) -> None:
    claim = Claim(setup.folder)
    try:
        journal = Journal(setup.folder / DATABASE, setup.site.info.id)
        journal.note(to(phase))
        journal.close()
    finally:
        claim.close()
