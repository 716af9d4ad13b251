"""The counter's screens in every state, for the gallery: the demo centre on an ordinary morning."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load
from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.flows.counter_ask import Ask
from kiosk.flows.counter_events import AskKind, Desk, Where
from kiosk.flows.counter_paper import OwnPapers
from kiosk.flows.counter_state import Said, State
from kiosk.i18n import words
from kiosk.settings import ASSETS_DIR
from kiosk.wire.paper_views import AwayTicket, PaperFate, PapersView
from kiosk.wire.views import CounterView, QueueView, TicketAtCounter, UndoView, WaitingTicket
from ui.counter.desk import DeskScreen
from ui.counter.frame import Frame
from ui.counter.moment import MINUTE_MS, Moment
from ui.counter.sign_in import NamesScreen, PinScreen
from ui.scene import Scene
from ui.theme import Theme

NOW_MS = 1_795_398_120_000
"""Monday 23 November 2026, 8:42 in Vietnam: the moment of the pictures (LOOK)."""
SIZES = {"": (1024, 640), "-wide": (1366, 768)}
BIRTH, LONGEST = "1.001193", "1.013831"
WAITING = {"A": 3, "B": 2, "C": 4, "D": 2, "E": 1, "H": 1, "K": 1}


@lru_cache(maxsize=1)
def _site() -> Site:
    return load_site(ASSETS_DIR / "site" / "demo.json")


@lru_cache(maxsize=1)
def _catalogue() -> Catalogue:
    return load(ASSETS_DIR / "catalogue" / "catalogue.json")


def _ticket(state: str, procedure: str = BIRTH, **changes: Any) -> TicketAtCounter:
    known = {
        "id": "t",
        "number": "A027",
        "queue": "A",
        "state": state,
        "issued_at": NOW_MS - 12 * MINUTE_MS - 18_000,
        "procedure": procedure,
        "missing": (1,),
        "calls": 1,
        "called_at": NOW_MS - 18_000,
        "started_at": NOW_MS - 252_000 if state == "serving" else 0,
    }
    return TicketAtCounter(**{**known, **changes})


def _upcoming() -> tuple[WaitingTicket, ...]:
    rows = (("A028", "1.000894", 9), ("B032", "2.000884", 6), ("A029", "1.000656", 4))
    return tuple(WaitingTicket(n, n, n[0], key, NOW_MS - minutes * MINUTE_MS) for n, key, minutes in rows)


def _away(result: str | None = None, detail: str = "") -> tuple[AwayTicket, ...]:
    papers = PapersView("A2-026", "A", BIRTH, (1, 5), NOW_MS + 60 * MINUTE_MS, 2)
    paper = None if result is None else PaperFate(1, result, detail)
    return (AwayTicket("a26", papers, NOW_MS - 20 * MINUTE_MS, 1, paper),)


def _aside() -> dict[str, tuple[WaitingTicket, ...]]:
    """Return a day's worst: twelve missed their call, and one is set aside; `_away` is who fetches papers."""
    missed = tuple(WaitingTicket(f"m{n}", f"A0{n + 10}", "A", BIRTH) for n in range(12))
    return {"no_shows": missed, "parked": (WaitingTicket("p", "A2-015", "A", BIRTH),)}


def _view(
    state: str, ticket: TicketAtCounter | None, busy_hall: bool, undo: UndoView | None, aside: bool
) -> CounterView:
    site = _site()
    queues = {q.id: QueueView(q.name, WAITING.get(q.id, 0) if busy_hall else 0) for q in site.queues}
    staff = {s.id: s.name for s in site.staff if "clerk" in s.roles}
    name = "" if state == "closed" else staff["nv02"]
    upcoming = _upcoming() if busy_hall else ()
    return CounterView(
        site_name=site.info.name,
        counter=2,
        state=state,
        queues=queues,
        serves=(("A", "B"), ("C",)),
        staff=staff,
        staff_id="" if state == "closed" else "nv02",
        staff_name=name,
        ticket=ticket,
        upcoming=upcoming,
        undo=undo,
        recall_limit=3,
        served_today=9,
        **(_aside() if aside else {}),
    )


def _moment(language: str, state: str, ticket: TicketAtCounter | None = None, **changes: Any) -> Moment:
    busy_hall = changes.pop("busy_hall", True)
    away = changes.pop("away", False)
    undo = changes.pop("undo", None)
    sent = changes.pop("sent", ())
    aside = changes.pop("aside", False)
    until = undo.until if undo else 0
    desk = Desk(state, undo_until=until)
    if ticket is not None:
        priority = "declared" if ticket.priority_minutes else ""
        desk = Desk(state, "nv02", ticket.id, ticket.state, ticket.calls, priority, until)
    flow = State(2, desk, connected=not away, **changes)
    since = NOW_MS - 2 * MINUTE_MS if away else None
    return Moment(
        flow,
        replace(_view(state, ticket, busy_hall, undo, aside), away=sent),
        NOW_MS,
        since,
        _catalogue(),
        language,
        ZoneInfo(_site().info.time_zone),
        _site(),
    )


def _draw(theme: Theme, moment: Moment) -> Frame:
    say = words(moment.language, "counter")
    view, state = moment.view, moment.state
    nothing = {"on_digit": print, "on_clear": print, "on_enter": print, "on_back": print}
    if view is not None and view.state != "closed":
        screen: Frame = DeskScreen(theme, say, moment, on_wish=print, on_why=print, on_event=print)
    elif view is not None and state.staff:
        screen = PinScreen(theme, say, moment, view.staff[state.staff], **nothing)
    else:
        screen = NamesScreen(theme, say, moment, view.staff if view else {}, on_pick=print)
    screen.show_moment(moment)
    return screen


_STATES: dict[str, dict[str, Any]] = {
    "names": {"state": "closed"},
    "pin": {"state": "closed", "staff": "nv02", "pin": "00"},
    "pin-refused": {
        "state": "closed",
        "staff": "nv02",
        "said": Said.REFUSED,
        "sentence": "Mã PIN chưa đúng, mời nhập lại.",
    },
    "ready": {"state": "open"},
    "ready-nobody": {"state": "open", "busy_hall": False},
    "called": {"state": "open", "ticket": _ticket("called")},
    "serving": {"state": "open", "ticket": _ticket("serving")},
    "serving-longest": {"state": "open", "ticket": _ticket("serving", LONGEST, number="A2-015", language="en")},
    "serving-field": {"state": "open", "ticket": _ticket("serving", "", missing=())},
    "undo-call": {
        "state": "open",
        "ticket": _ticket("called"),
        "undo": UndoView("ticket_called", NOW_MS + 7_400, "A027"),
    },
    "undo-end": {"state": "open", "undo": UndoView("ticket_finished", NOW_MS + 7_400, "A027")},
    "undo-pause": {"state": "paused", "undo": UndoView("counter_paused", NOW_MS + 1_000)},
    "list-coming": {"state": "open", "sent": _away("")},
    "list-undo": {
        "state": "open",
        "sent": _away("printed"),
        "undo": UndoView("ticket_sent_for_papers", NOW_MS + 7_400, "A2-026"),
    },
    "list-refused": {"state": "open", "sent": _away("refused", "paper_out")},
    "list-refused-called": {"state": "open", "ticket": _ticket("called"), "sent": _away("refused", "paper_out")},
    "serving-reprinted": {"state": "open", "ticket": _ticket("serving", reprint=PaperFate(2, "printed"))},
    "serving-own-printer": {"state": "open", "ticket": _ticket("serving"), "papers": OwnPapers(here=True)},
    "dossier": {
        "state": "open",
        "ticket": _ticket("serving"),
        "papers": OwnPapers(here=True),
        "ask": Ask(AskKind.DOSSIER, code="H12.14-261123-0361", owner="Lê Văn Út", presses=(5, 0)),
    },
    "dossier-longest": {
        "state": "open",
        "ticket": _ticket("serving", LONGEST),
        "papers": OwnPapers(True, "", 1, "t/dossier", PrintResult.REFUSED, "paper_out"),
        "ask": Ask(AskKind.DOSSIER),
    },
    "pausing": {"state": "open", "picking_reason": True},
    "papers": {"state": "open", "ticket": _ticket("serving"), "ask": Ask(AskKind.PAPERS, (1, 5), time=3)},
    "papers-longest": {"state": "open", "ticket": _ticket("serving", LONGEST), "ask": Ask(AskKind.PAPERS)},
    "papers-none": {"state": "open", "ticket": _ticket("serving", "", missing=()), "ask": Ask(AskKind.PAPERS)},
    "transfer": {"state": "open", "ticket": _ticket("called"), "ask": Ask(AskKind.TRANSFER, target="B")},
    "transfer-staff": {
        "state": "open",
        "ticket": _ticket("serving"),
        "ask": Ask(AskKind.TRANSFER, where=Where.STAFF, target="nv01", come_back=True, place=1, note="Xem giúp bản vẽ"),
    },
    "park": {"state": "open", "ticket": _ticket("called"), "ask": Ask(AskKind.PARK)},
    "outcome": {"state": "open", "ticket": _ticket("serving"), "ask": Ask(AskKind.OUTCOME)},
    "priority": {
        "state": "open",
        "ticket": _ticket("called", priority_minutes=15, rank_reason="priority", calls=4),
        "said": Said.REFUSED,
        "sentence": "Số A027 được mời tới quầy 2: số này có khai ưu tiên.",
    },
    "back": {"state": "open", "aside": True, "sent": _away(), "ask": Ask(AskKind.RETURN, target="m1")},
    "back-meanwhile": {"state": "open", "aside": True, "ticket": _ticket("called")},
    "paused": {"state": "paused"},
    "no-hub": {"state": "open", "ticket": _ticket("called", calls=2), "away": True},
}


def scenes() -> Iterable[Scene]:
    """Return all scenes, in a narrow and a wide window."""
    for suffix, size in SIZES.items():
        for name, state in _STATES.items():
            themes = ("light", "hc_dark", "hc_light") if name in ("called", "names") and not suffix else ("light",)
            yield Scene(f"{name}{suffix}", _builder(state), size, dpi=96.0, types="clerk", themes=themes)


def _builder(state: dict[str, Any]) -> Any:
    def build(theme: Theme, language: str) -> QWidget:
        return _draw(theme, _moment(language, **state))

    return build
