"""Every kiosk screen as a scene for the gallery, on the demo centre and the sample catalogue."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from msgspec import structs
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.search import SearchIndex, default_index
from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import ResultLane, Site
from kiosk.flows import kiosk_staff as staff_flow
from kiosk.flows.kiosk_events import Attempt, IssuedTicket
from kiosk.flows.kiosk_state import ChecklistPaper, KioskState, Paper, Purpose, Screen, Trouble, TroubleKind
from kiosk.flows.scan import Scan, ScanKind, Slip
from kiosk.ports import PrinterStatus, StoredJob
from kiosk.settings import ASSETS_DIR
from kiosk.wire.views import KioskView, QueueView
from ui.kiosk.idle import IdleScreen
from ui.kiosk.scanned import ScannedScreen
from ui.kiosk.screens import SCREENS
from ui.kiosk.shown import Shown
from ui.kiosk.staff_screen import StaffMoment
from ui.kiosk.staff_screens import SCREENS as STAFF_SCREENS
from ui.scene import Scene
from ui.theme import THEMES, Theme
from ui.theme.tokens import load_tokens

NOW_MS = 1_795_398_120_000
"""Monday 23 November 2026, 8:42 in Vietnam: the moment of the pictures (LOOK)."""
TOMORROW_7 = 1_795_478_400_000
"""Tuesday 24 November 2026, 7:00 in Vietnam."""
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
BIRTH, LONGEST, ASSISTED = "1.001193", "1.013831", "1.001612"
"""Keys of procedures: the picture's own, the one with 569 letters, and one that the province decides."""
WAITING = {"A": 3, "B": 4, "C": 2, "D": 1, "E": 2, "G": 0, "H": 1, "K": 1}
"""Fourteen people, as on the picture of home."""


@lru_cache(maxsize=1)
def sample_site() -> Site:
    """Return the demo centre."""
    return load_site(ASSETS_DIR / "site" / "demo.json")


@lru_cache(maxsize=1)
def sample_catalogue() -> Catalogue:
    """Return the sample catalogue."""
    return load(ASSETS_DIR / "catalogue" / "catalogue.json")


@lru_cache(maxsize=1)
def sample_index() -> SearchIndex:
    """Return the sample catalogue's search index."""
    return default_index(sample_catalogue())


def sample_hall(site: Site) -> KioskView:
    """Return a hall on an ordinary morning."""
    queues = {}
    for queue in site.queues:
        serving = tuple(c.number for c in site.counters if queue.id in c.tiers[0])
        waiting = WAITING.get(queue.id, 0)
        queues[queue.id] = QueueView(queue.name, waiting, serving, serving, 5 * waiting, 10 * waiting)
    return KioskView(site.info.name, site.info.province, queues, "2026-11-23")


def sample_shown(theme: Theme, language: str, state: KioskState, *, connected: bool = True) -> Shown:
    """Return a moment of the demo centre's kiosk."""
    site = sample_site()
    step = list(load_tokens().text_steps.scale).index(theme.text_step)
    return Shown(
        theme=theme,
        state=structs.replace(state, language=language, text_step=step, contrast=theme.name),
        site=site,
        catalogue=sample_catalogue(),
        index=sample_index(),
        languages=("vi", "en"),
        new_attempt=lambda: Attempt("command", "ticket", "token"),
        hall=sample_hall(site),
        connected=connected,
        now_ms=NOW_MS,
    )


def _state(screen: Screen, procedure: str | None = None, **changes: object) -> KioskState:
    found = sample_catalogue().find(procedure) if procedure else None
    queue = sample_site().queue_of_field(found.field) if found else None
    return KioskState(screen=screen, procedure=found, queue=queue.id if queue else "A", **changes)


def _ticket(paper: Paper, detail: str = "", procedure: str | None = BIRTH, **changes: object) -> KioskState:
    ticket = IssuedTicket("t", "A027", "A", "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rtc", 3, 10, 20, (1, 2), NOW_MS)
    return _state(Screen.TICKET, procedure, ticket=ticket, paper=paper, paper_detail=detail, **changes)


def _promised() -> KioskState:
    ticket = IssuedTicket(
        "t", "A003", "A", "https://moi.vamduoc.example/t/7k3m9q2xw4hz8rtc", issued_at=NOW_MS, promised_at=TOMORROW_7
    )
    return _state(Screen.TICKET, BIRTH, ticket=ticket, paper=Paper.PRINTING)


def states() -> dict[str, Callable[[], KioskState]]:
    """Return every screen in every situation worth a picture, by the scene's name."""
    unreachable = Trouble(TroubleKind.UNREACHABLE)
    refused = Trouble(TroubleKind.REFUSED)
    return {
        "home": lambda: _state(Screen.HOME),
        "home-no-paper": lambda: _state(Screen.HOME, printer_trouble="paper_out"),
        "fields": lambda: _state(Screen.FIELDS, purpose=Purpose.PAPERS),
        "fields-number": lambda: _state(Screen.FIELDS, purpose=Purpose.NUMBER),
        "procedures": lambda: _state(Screen.PROCEDURES),
        "search-empty": lambda: _state(Screen.SEARCH),
        "search": lambda: _state(Screen.SEARCH, query="khai sinh"),
        "search-nothing": lambda: _state(Screen.SEARCH, query="xyzzy"),
        "procedure-start": lambda: _state(Screen.PROCEDURE, BIRTH),
        "procedure": lambda: _state(Screen.PROCEDURE, BIRTH, have=(0, 5)),
        "procedure-longest": lambda: _state(Screen.PROCEDURE, LONGEST, have=(0,)),
        "procedure-printing": lambda: _state(Screen.PROCEDURE, BIRTH, have=(0, 5), checklist=ChecklistPaper("j")),
        "procedure-printed": lambda: _state(
            Screen.PROCEDURE, BIRTH, have=(0, 5), checklist=ChecklistPaper("j", Paper.PRINTED)
        ),
        "procedure-no-paper": lambda: _state(Screen.PROCEDURE, BIRTH, have=(0, 5), printer_trouble="paper_out"),
        "procedure-printer-not-ready": lambda: _state(
            Screen.PROCEDURE, BIRTH, have=(0,), printer_trouble="unreachable"
        ),
        "procedure-assisted": lambda: _state(Screen.PROCEDURE, ASSISTED),
        "details": lambda: _state(Screen.DETAILS, BIRTH),
        "details-longest": lambda: _state(Screen.DETAILS, LONGEST),
        "issuing": lambda: _state(Screen.ISSUING, BIRTH),
        "issuing-slow": lambda: _state(Screen.ISSUING, BIRTH, slow=True),
        "ticket": lambda: _ticket(Paper.PRINTING, have=(0, 5)),
        "ticket-field": lambda: _ticket(Paper.PRINTED, procedure=None),
        "ticket-no-paper": lambda: _ticket(Paper.REFUSED, "paper_out"),
        "ticket-uncertain": lambda: _ticket(Paper.UNCERTAIN, "unknown"),
        "trouble-unreachable": lambda: _state(Screen.TROUBLE, BIRTH, trouble=unreachable),
        "trouble-refused": lambda: _state(Screen.TROUBLE, BIRTH, trouble=refused),
        "trouble-confirm": lambda: _state(Screen.TROUBLE, BIRTH, trouble=Trouble(TroubleKind.CONFIRM)),
        "trouble-full": lambda: _state(Screen.TROUBLE, BIRTH, trouble=Trouble(TroubleKind.FULL)),
        "ticket-promised": _promised,
        "trouble-bug": lambda: _state(Screen.TROUBLE, trouble=Trouble(TroubleKind.BUG)),
    }


def _in_line(kind: ScanKind, ahead: int = 3, counters: tuple[int, ...] = (1, 2)) -> Scan:
    return Scan(kind, number="A027", ahead=ahead, wait_low=10, wait_high=20, counters=counters)


SCANS = {
    "asking": Scan(ScanKind.ASKING),
    "returned": _in_line(ScanKind.RETURNED),
    "papers": _in_line(ScanKind.PAPERS, 0, (2,)),
    "late": _in_line(ScanKind.LATE),
    "called": Scan(ScanKind.CALLED, number="A027", counters=(2,)),
    "ahead": Scan(ScanKind.AHEAD, number="A003", at=TOMORROW_7, slip=Slip("A", BIRTH, "", booked=False)),
    "ahead-booked": Scan(ScanKind.AHEAD, at=TOMORROW_7, slip=Slip("A", BIRTH, "", booked=True)),
    "done": Scan(ScanKind.DONE, number="A027"),
    "cancelled": Scan(ScanKind.CANCELLED, number="A027"),
    "expired": Scan(ScanKind.EXPIRED, number="A2-015"),
    "unknown": Scan(ScanKind.UNKNOWN),
    "no-ticket": Scan(ScanKind.NO_TICKET),
    "unreachable": Scan(ScanKind.UNREACHABLE),
    "dossier": Scan(ScanKind.DOSSIER, dossier="H12.34-260101-0001"),
}
"""Answers to a scan worth a picture."""
STAFF = {
    "who": StaffMoment(staff_flow.State(staff_flow.Screen.WHO, "nv01"), status=PrinterStatus.READY),
    "no-hub": StaffMoment(staff_flow.State(staff_flow.Screen.WHO), status=PrinterStatus.UNREACHABLE, connected=False),
    "pin": StaffMoment(
        staff_flow.State(staff_flow.Screen.PIN, "nv01", "12", sentence="Mã PIN chưa đúng. Mời nhập lại.")
    ),
    "menu": StaffMoment(
        staff_flow.State(staff_flow.Screen.MENU, "nv01", sent="A026"),
        "Trần Minh Khang",
        PrinterStatus.CUTTER_ERROR,
        tuple(
            StoredJob(f"j{n}", f"t{n}", f"{'ABCD'[n % 4]}{27 - n:03d}", state, NOW_MS - n * 130_000)
            for n, state in enumerate(("open", "uncertain", "refused", *["printed"] * 9))
        ),
        waiting=3,
        aside=1,
    ),
}
"""Moments of the staff menu."""
IN_EVERY_LOOK = ("home", "fields", "search", "procedure", "procedure-longest", "ticket")
"""Scenes that are also drawn in the contrast themes and with the largest text."""


def scenes() -> Iterable[Scene]:
    """Return all scenes, standing and lying: in both languages, some of them in every look too."""
    largest = load_tokens().text_steps.scale[-1]
    for orientation, size in SIZES.items():
        for name, state in states().items():
            scene = Scene(f"{name}-{orientation}", _builder(state), size)
            yield scene
            if name in IN_EVERY_LOOK:
                yield replace(scene, languages=("vi",), themes=THEMES[1:])
                yield replace(scene, languages=("vi",), themes=THEMES, text_steps=(largest,))
        yield Scene(f"home-no-hub-{orientation}", _home_without_hub, size)
        yield Scene(f"idle-{orientation}", _idle, size)
        for name, moment in STAFF.items():
            yield Scene(f"staff-{name}-{orientation}", _staff_builder(moment), size)
        for name, scan in SCANS.items():
            yield Scene(f"scan-{name}-{orientation}", _scan_builder(scan), size)


def _builder(make: Callable[[], KioskState]) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        shown = sample_shown(theme, language, make())
        screen = SCREENS[shown.state.screen](shown)
        screen.tick(20)
        return screen

    return build


def _home_without_hub(theme: Theme, language: str) -> QWidget:
    shown = sample_shown(theme, language, _state(Screen.HOME), connected=False)
    return SCREENS[Screen.HOME](shown)


def _staff_builder(moment: StaffMoment) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        shown = sample_shown(theme, language, _state(Screen.HOME))
        return STAFF_SCREENS[moment.state.screen](shown, moment)

    return build


def _scan_builder(scan: Scan) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        shown = sample_shown(theme, language, _state(Screen.PROCEDURE, BIRTH, scan=scan))
        if scan.kind is ScanKind.DOSSIER:
            shown = replace(shown, site=structs.replace(shown.site, results=ResultLane("A")))
        screen = ScannedScreen(shown)
        screen.tick(14)
        return screen

    return build


def _idle(theme: Theme, language: str) -> QWidget:
    screen = IdleScreen(sample_shown(theme, language, _state(Screen.PROCEDURE, BIRTH)))
    screen.tick(14)
    return screen
