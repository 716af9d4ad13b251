"""The supervisor's screens for the gallery: the demo centre on an ordinary morning with a little trouble."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.site_file import load_site
from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.domain.why import Cause, Reason
from kiosk.flows.supervisor_state import ALONE, CLOCK, TAKEOVER, Paper, Part, Screen, State
from kiosk.settings import ASSETS_DIR
from kiosk.wire.problems import problem
from kiosk.wire.reasons import sentence
from kiosk.wire.views import CounterView, DeviceView, QueueView, SupervisorView, TicketAtCounter
from ui.scene import Scene
from ui.supervisor.moment import MINUTE_MS, Moment
from ui.supervisor.questions import QuestionScreen
from ui.supervisor.window import SCREENS
from ui.theme import Theme

NOW_MS = 1_795_398_120_000
"""Monday 23 November 2026, 8:42 in Vietnam: the moment of the pictures (LOOK)."""
CLOCK_AHEAD_MS = 3_653 * 24 * 60 * MINUTE_MS
"""Ten years: a hub's machine whose battery was changed."""
SIZES = {"": (1366, 768), "-portrait": (1080, 1440)}
WAITING = {"A": 3, "B": 12, "C": 2, "D": 1, "E": 2, "H": 1, "K": 1}


@lru_cache(maxsize=1)
def demo_site() -> Site:
    """Return the demo centre."""
    return load_site(ASSETS_DIR / "site" / "demo.json")


def sample_view() -> SupervisorView:
    """Return the hall of the pictures."""
    site = demo_site()
    queues = {
        q.id: QueueView(q.name, WAITING.get(q.id, 0), (1, 2) if q.id in "AB" else (), closed="no_staff" * (q.id == "D"))
        for q in site.queues
    }
    staff = [s.name for s in site.staff]
    serving = TicketAtCounter("t", "A027", "A", "serving", NOW_MS, started_at=NOW_MS - 4 * MINUTE_MS)
    counters = {}
    for n, setup in enumerate(site.counters):
        state = ("open", "paused", "open", "closed")[n % 4]
        counters[str(setup.number)] = CounterView(
            site_name=site.info.name,
            counter=setup.number,
            state=state,
            queues={},
            serves=(),
            staff={},
            staff_name="" if state == "closed" else staff[n],
            pause_reason="meeting" if state == "paused" else "",
            ticket=serving if n == 0 else None,
            since=NOW_MS - 8 * MINUTE_MS,
            served_today=9,
        )
    devices = {
        "1": DeviceView("kiosk", "cửa chính", 1, present=True, printer="paper_low"),
        "2": DeviceView("kiosk", "", 2, present=False, last_seen=NOW_MS - 11 * MINUTE_MS),
        "3": DeviceView("board", "", None, present=True),
        "4": DeviceView("tablet", "", 2, present=True, outbox=3),
        "5": DeviceView("standby", "", None, present=True),
    }
    since = {q: NOW_MS - (5 + 3 * n) * MINUTE_MS for n, q in enumerate(WAITING)}
    return SupervisorView(
        site_name=site.info.name,
        day="2026-11-23",
        closed_day="2026-11-20",
        queues=queues,
        counters=counters,
        devices=devices,
        waiting_since=since,
        issued_today=61,
        done_today=37,
        still_to_come=4,
        set_aside=3,
        papers_trips=5,
    )


_LATE = Reason(Cause.OTHER_LATE, "B012", "A016", at=NOW_MS, called=True)
"""The longest of the sentences."""
_COUNTER = Part("counter", "2", tiers=(("A", "B"), ("C",)))
_QUEUE, _KIOSK = Part("queue", "B", closed=False), Part("kiosk", "1", closed=False)
STATES: dict[str, tuple[State, bool]] = {
    "hall": (State(connected=True), False),
    "hall-no-hub": (State(), True),
    "hall-takeover": (State(standby=ALONE), True),
    "hall-taking-over": (State(taking_over=True), True),
    "old-machine": (State(Screen.OLD_MACHINE, part=TAKEOVER), False),
    "takeover-pin": (State(Screen.PIN, part=TAKEOVER, staff="nv07", pin="00"), False),
    "hall-printed": (State(connected=True, paper=Paper(PrintResult.REFUSED, "cover_open")), False),
    "why": (State(Screen.WHY, connected=True, numbers=("B012", "A01"), slot=1), False),
    "why-told": (State(Screen.WHY, connected=True, numbers=("B012", "A016"), why="late"), False),
    "why-unknown": (State(Screen.WHY, connected=True, numbers=("B12", "A999"), slot=1, sentence="unknown"), False),
    "hall-clock": (State(connected=True), False),
    "clock-names": (State(Screen.NAMES, connected=True, part=CLOCK), False),
    "clock": (State(Screen.CLOCK, connected=True, part=CLOCK, signed_in="nv07"), False),
    "days": (State(Screen.DAYS, connected=True), False),
    "names": (State(Screen.NAMES, connected=True, part=_QUEUE), False),
    "pin": (State(Screen.PIN, connected=True, part=_QUEUE, staff="nv07", pin="000"), False),
    "reason-queue": (State(Screen.REASON, connected=True, part=_QUEUE, signed_in="nv07"), False),
    "queues": (State(Screen.QUEUES, True, _COUNTER, tiers=_COUNTER.tiers, signed_in="nv07"), False),
    "reason-kiosk": (State(Screen.REASON, connected=True, part=_KIOSK, signed_in="nv07"), False),
}


def scenes() -> Iterable[Scene]:
    """Return all scenes, lying and standing."""
    for suffix, size in SIZES.items():
        for name, (state, away) in STATES.items():
            themes = ("light", "hc_dark", "hc_light") if name == "hall" and not suffix else ("light",)
            build = _builder(state, away=away, clock="clock" in name)
            yield Scene(f"{name}{suffix}", build, size, dpi=96.0, types="clerk", themes=themes)


def _builder(state: State, *, away: bool, clock: bool = False) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        site = demo_site()
        since = NOW_MS - 2 * MINUTE_MS if away else None
        said = problem("unknown_ticket", language).detail if state.sentence else ""
        why = sentence(_LATE, site, language) if state.why else ""
        shown = replace(state, sentence=said, why=why)
        view = replace(sample_view(), clock_held_back_ms=CLOCK_AHEAD_MS * clock)
        moment = Moment(shown, view, NOW_MS, since, language, site, prints=True)
        make = SCREENS.get(state.screen, QuestionScreen)
        screen = make(theme, moment, on_event=print)
        screen.show_moment(moment)
        return screen

    return build
