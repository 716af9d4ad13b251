"""Every trouble of a printer at every moment of a ticket, played on a real hub, spool and printer on TCP.

`tools.paper_faults` writes a page from what it sees.
"""

import json
import queue
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.catalogue.site_file import load_site
from kiosk.domain import commands as cmd
from kiosk.domain.procedure import Catalogue
from kiosk.flows import kiosk_events as e
from kiosk.flows.counter_state import State
from kiosk.flows.kiosk import step
from kiosk.flows.kiosk_state import KioskState, Paper, Screen, Timing
from kiosk.hub.access.presence import Heartbeat
from kiosk.hub.hub import Hub
from kiosk.hub.work import Done, Request
from kiosk.i18n import words
from kiosk.ids import new_token, uuid7
from kiosk.link.paper_facts import result_of
from kiosk.ports import Fate, JobNews, PrinterStatus, PrintJob
from kiosk.settings import PrinterSettings
from kiosk.wire.make_views import counter_view
from printers import open_printer
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from printers.simulator.roll import Paper as Piece
from printers.simulator.state import ReceiverState
from printers.spool import Spool
from printers.spool_store import SpoolStore
from tools.command_line import DEMO_SITE
from ui.counter.moment import Moment
from ui.kiosk.paper import event_of_job, ticket_job, trouble_of
from ui.kiosk.ticket import NO_PAPER

WIDTH = 576
OPEN_AT = 1_795_398_120_000
"""A Monday morning: numbers are given."""
WAIT_S = 20.0
SEEN_S = 0.05
"""How often the spool looks at its printer here, and how long it leaves a printer that is ready again alone: the scenes
need the order of things, not their pace."""
MIDDLE_BYTES = 2000
UNKNOWN = "uncertain (unknown)"


class When(StrEnum):
    """When the trouble begins."""

    START = "at start"
    IDLE = "while idle"
    BEFORE = "before the job"
    DURING = "during the job"
    AFTER = "after the job"


class Trouble(Struct, frozen=True):
    """One trouble, as the simulated printer has it."""

    name: str
    state: ReceiverState | None
    """None: it is switched off."""
    status: PrinterStatus


TROUBLES = (
    Trouble("paper low", ReceiverState.PAPER_LOW, PrinterStatus.PAPER_LOW),
    Trouble("paper out", ReceiverState.PAPER_OUT, PrinterStatus.PAPER_OUT),
    Trouble("cover open", ReceiverState.COVER_OPEN, PrinterStatus.COVER_OPEN),
    Trouble("cutter error", ReceiverState.CUTTER_JAMMED, PrinterStatus.CUTTER_ERROR),
    Trouble("overheated", ReceiverState.OVERHEATED, PrinterStatus.OVERHEATED),
    Trouble("offline", ReceiverState.OFFLINE, PrinterStatus.OFFLINE),
    Trouble("unknown (silent)", ReceiverState.MUTE, PrinterStatus.UNKNOWN),
    Trouble("unreachable (off)", None, PrinterStatus.UNREACHABLE),
)


class Seen(Struct, frozen=True):
    """What each of them sees; `paper` is every piece that has come out, `journal` every fate the hub wrote."""

    screen: str
    paper: tuple[str, ...]
    journal: tuple[str, ...]
    clerk: str


class Outcome(Struct, frozen=True):
    """What was seen while the trouble lasted, and after somebody has mended it."""

    during: Seen
    mended: Seen


class Scene:
    """One kiosk with its printer, and the hub: the parts `main.py` puts together, without a window."""

    def __init__(self, folder: Path, hub: Hub, receiver: Receiver) -> None:
        """Build it; nothing runs yet."""
        self._hub, self._receiver = hub, receiver
        self._site = load_site(DEMO_SITE)
        self._news: queue.SimpleQueue[JobNews] = queue.SimpleQueue()
        self._state = KioskState()
        self._ended = 0
        self._ticket = uuid7(self.now_ms())
        self._device = hub.devices.of(f"Bearer {hub.devices.tokens['kiosk']}")
        settings = PrinterSettings(receiver.address, WIDTH, timeout_s=0.5)
        self._job: PrintJob | None = None
        self.spool = Spool(
            open_printer(settings),
            SpoolStore(folder / f"{self._ticket}.db"),
            self._tell,
            self,
            late_s=SEEN_S,
            look_every_s=SEEN_S,
        )
        self.spool.follow(self._news.put, self._beat)

    def now_ms(self) -> int:
        """Return UTC milliseconds."""
        return time.time_ns() // 1_000_000

    def play(self, trouble: Trouble, moment: When) -> Outcome:
        """Let the trouble come at a moment of a ticket, look, mend it and look again."""
        if moment is When.START:
            self._begin(trouble)
        self.spool.start()
        self._until(lambda: self.spool.status is (trouble.status if moment is When.START else PrinterStatus.READY))
        if moment is When.IDLE:
            self._begin(trouble)
            self._until(lambda: self.spool.status is trouble.status)
            during = self._seen()
        else:
            if moment is When.BEFORE:
                self._begin(trouble)
            elif moment is When.DURING:
                self._begin(trouble, after_bytes=MIDDLE_BYTES)
            self._take_number()
            if moment is When.AFTER:
                self._begin(trouble)
            self._until(lambda: self.spool.status is trouble.status)
            during = self._seen()
        self._mend()
        self._until(lambda: self.spool.status is PrinterStatus.READY)
        if self._job is not None and self._journal()[-1] != UNKNOWN:
            self._until(lambda: self._state.paper is Paper.PRINTED)
        return Outcome(during, self._seen())

    # --- What happens

    def _begin(self, trouble: Trouble, after_bytes: int | None = None) -> None:
        if trouble.state is None:
            self._receiver.switch_off(after_bytes=after_bytes)
        else:
            self._receiver.begin(trouble.state, after_bytes=after_bytes)

    def _mend(self) -> None:
        self._receiver.set_state()
        if not self._receiver.view.on:
            self._receiver.switch_on()

    def _take_number(self) -> None:
        wish = cmd.IssueTicket(self._ticket, new_token(), "A", confirmed=True)
        told = json.loads(self._command(uuid7(self.now_ms()), wish))["ticket"]
        issued = e.IssuedTicket(
            self._ticket, told["number"], "A", "https://moi.example/t/x", issued_at=told["issued_at"]
        )
        self._state = replace(self._state, screen=Screen.TICKET, ticket=issued, paper=Paper.PRINTING)
        self._job = ticket_job(e.PrintTicket(issued, None, (), "vi"), self._site, 1, "")
        self.spool.submit(self._job)
        self._until(lambda: self._ended > 0)

    def _command(self, key: str, command: cmd.AnyCommand) -> bytes:
        outcome = self._hub.writer.submit(Request(cmd.Envelope(key, cmd.Role.KIOSK, command), "")).result(WAIT_S)
        if not isinstance(outcome, Done):
            raise RuntimeError(f"the hub refused {command}: {outcome}")
        return outcome.answer

    def _tell(self, fate: Fate) -> None:
        detail = fate.detail or fate.outcome.status.value
        self._command(fate.fact_id, cmd.MarkPrinted(fate.ticket_id, result_of(fate.outcome), detail))

    def _beat(self, status: PrinterStatus) -> None:
        assert self._device is not None
        self._hub.presence.beat(self._device, Heartbeat(printer=status))
        self._state, _ = step(self._state, e.PrinterSays(trouble_of(status)), Timing())

    def _until(self, true: Callable[[], bool]) -> None:
        """Let the kiosk live until something is so."""
        end = time.monotonic() + WAIT_S
        while True:
            while not self._news.empty():
                news = self._news.get()
                self._ended += news.outcome is not None
                self._state, _ = step(self._state, event_of_job(news), Timing())
            if true():
                return
            if time.monotonic() > end:
                raise TimeoutError(f"not so within {WAIT_S:g} s; the kiosk is {self._state}")
            time.sleep(0.005)

    # --- What is seen

    def _seen(self) -> Seen:
        papers = tuple(self._name(piece) for piece in self._receiver.papers)
        return Seen(self._screen(), papers, self._journal(), self._clerk())

    def _screen(self) -> str:
        state = self._state
        if state.screen is not Screen.TICKET:
            return "home, “no paper comes out just now”" if state.printer_trouble else "home"
        match state.paper:
            case Paper.REFUSED:
                return (
                    f"number and code to photograph, “{NO_PAPER.get(state.paper_detail, 'The printer is not ready')}”"
                )
            case Paper.UNCERTAIN:
                return "number and code to photograph, “Did the ticket come out?”"
            case Paper.PRINTED:
                return "number, “Your ticket is ready”"
            case _:
                return "number, “Your ticket is coming out”"

    def _name(self, piece: Piece) -> str:
        assert self._job is not None
        for name, receipt in (("ticket", self._job.receipt), ("copy", self._job.as_copy)):
            drawn = draw(receipt, WIDTH)
            if piece.image.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes():
                return name
        return "torn piece" if piece.torn else "half a ticket"

    def _journal(self) -> tuple[str, ...]:
        rows = (json.loads(row.body) for row in self._hub.reader.rows_after(0, 1_000_000))
        fates = [row for row in rows if row["type"].startswith("ticket_printed/")]
        return tuple(_fate(row) for row in fates if row["ticket_id"] == self._ticket)

    def _clerk(self) -> str:
        hall = self._hub.writer.hall
        view = replace(counter_view(hall, self._site, 1, hall.at), printers=self._hub.presence.printers())
        now = Moment(State(1, connected=True), view, hall.at, None, None, "en")
        return now.sentence(words("en", "counter"))


def _fate(row: dict[str, Any]) -> str:
    return row["result"] if row["result"] == "printed" else f"{row['result']} ({row['detail']})"


def open_hub(folder: Path) -> Hub:
    """Open a hub for the scenes, with its day begun."""

    class Clock:
        def now_ms(self) -> int:
            return OPEN_AT + (time.monotonic_ns() - began) // 1_000_000

    began = time.monotonic_ns()
    return Hub(
        folder,
        load_site(DEMO_SITE),
        Catalogue("2026-01-01", "", "", ()),
        Clock(),
        public_url=lambda: "http://hub",
        on_failure=lambda error: None,
        dev=True,
    )


def play(folder: Path, hub: Hub, trouble: Trouble, moment: When) -> Outcome:
    """Play one scene with a printer of its own."""
    with Receiver(width_dots=WIDTH) as receiver:
        scene = Scene(folder, hub, receiver)
        try:
            return scene.play(trouble, moment)
        finally:
            scene.spool.close()
