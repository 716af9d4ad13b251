"""The kiosk's conversation with one citizen, as a table: (screen, event) -> state and effects (DESIGN §5).

Pure: no clock, no I/O, no Qt. Timers are events from outside; the flow says which one runs. Everything a citizen chose
is in `KioskState`, so going home forgets it by construction (DESIGN §9).
"""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from kiosk.flows import kiosk_events as e
from kiosk.flows import kiosk_state as s
from kiosk.flows.kiosk_checklist import CHECKLIST_ANYWHERE, CHECKLIST_TABLE
from kiosk.flows.kiosk_events import TimerKind
from kiosk.flows.kiosk_scan import SCAN_TABLE, scan_timed_out
from kiosk.flows.kiosk_state import KioskState, Paper, Screen, Timing
from kiosk.flows.kiosk_timers import timer_of, timers_after
from kiosk.flows.scan import ScanKind

Result = tuple[KioskState, tuple[e.Effect, ...]]
Handler = Callable[[KioskState, Any], Result]


def step(state: KioskState, event: e.Event, timing: Timing) -> Result:
    """Return what the kiosk shows after `event`, and what has to be done about it.

    An event that means nothing on this screen changes nothing: a second press, a late timer, a late answer.
    """
    handler = TABLE.get((state.screen, type(event))) or ANYWHERE.get(type(event), _stay)
    after, effects = handler(state, event)
    if isinstance(event, e.Touch) and not isinstance(event, e.Touched) and after.warned:
        after = structs.replace(after, warned=False)
    if isinstance(event, e.Touch) and after.screen is Screen.TICKET and after.paper is Paper.REFUSED:
        after = structs.replace(after, touched_since=True)
    return after, (*effects, *timers_after(state, after, event, timing))


# --- Handlers: one line of the table each -----------------------------------------------------------------------


def _stay(state: KioskState, event: e.Event) -> Result:
    return state, ()


def _go(state: KioskState, screen: Screen, **changes: object) -> Result:
    trail = (*state.trail, state.screen)
    return structs.replace(state, screen=screen, trail=trail, **changes), ()


def _back(state: KioskState, event: e.Event) -> Result:
    if len(state.trail) <= 1:
        return _back_home(state)
    return structs.replace(state, screen=state.trail[-1], trail=state.trail[:-1], trouble=None), ()


def _back_home(state: KioskState) -> Result:
    """Let go of the choices; the language, the size and the contrast stay: it is still the same pair of eyes."""
    kept = {"language": state.language, "text_step": state.text_step, "contrast": state.contrast}
    return structs.replace(state.forgotten(), **kept), (_forget(state),)


def _home(state: KioskState, event: e.Event) -> Result:
    return state.forgotten(), (_forget(state),)


def _forget(state: KioskState) -> e.Forget:
    return e.Forget(state.ticket.id if state.ticket is not None else "")


def _fields_for_number(state: KioskState, event: e.NumberWanted) -> Result:
    return _go(state, Screen.FIELDS, purpose=s.Purpose.NUMBER)


def _fields_for_papers(state: KioskState, event: e.PapersWanted) -> Result:
    return _go(state, Screen.FIELDS, purpose=s.Purpose.PAPERS)


def _search(state: KioskState, event: e.SearchWanted) -> Result:
    return _go(state, Screen.SEARCH, query="")


def _query(state: KioskState, event: e.QueryTyped) -> Result:
    return structs.replace(state, query=event.query), ()


def _field(state: KioskState, event: e.FieldChosen) -> Result:
    """Two touches from home to a number; a citizen who came for papers sees the field's procedures first."""
    if state.purpose is s.Purpose.NUMBER:
        return _issue(structs.replace(state, queue=event.queue, procedure=None, have=()), event.attempt)
    return _go(state, Screen.PROCEDURES, queue=event.queue)


def _procedure(state: KioskState, event: e.ProcedureChosen) -> Result:
    return _go(state, Screen.PROCEDURE, queue=event.queue, procedure=event.procedure, have=())


def _details(state: KioskState, event: e.DetailsWanted) -> Result:
    return _go(state, Screen.DETAILS)


def _paper(state: KioskState, event: e.PaperTouched) -> Result:
    if state.procedure is None or event.position not in s.papers(state.procedure):
        return state, ()
    return structs.replace(state, have=tuple(sorted(set(state.have) ^ {event.position}))), ()


def _issue_for_queue(state: KioskState, event: e.NumberPressed) -> Result:
    return _issue(structs.replace(state, procedure=None, have=()), event.attempt)


def _issue_for_procedure(state: KioskState, event: e.NumberPressed) -> Result:
    return _issue(state, event.attempt)


def _issue(state: KioskState, attempt: e.Attempt) -> Result:
    """Ask for the number. A journey keeps its first wish: one citizen, one ticket, always (DESIGN §6)."""
    procedure = state.procedure.key if state.procedure else None
    wish = state.asked or e.Issue(attempt, state.queue, procedure, state.missing, state.language)
    asking, _ = _go(state, Screen.ISSUING, asked=wish, slow=False, trouble=None)
    return asking, (wish,)


def _try_again(state: KioskState, event: e.TryAgain) -> Result:
    """Send the very same wish: under one id the hub does it once, and refuses the id for different words."""
    if state.asked is None:
        return _home(state, event)
    return structs.replace(state, screen=Screen.ISSUING, slow=False, trouble=None), (state.asked,)


def _issued(state: KioskState, event: e.TicketIssued) -> Result:
    """Show the number at once and print it; an answer that comes late, after trouble was said, still counts."""
    if state.asked is None or state.asked.attempt.ticket_id != event.ticket.id:
        return state, ()
    shown = structs.replace(
        state, screen=Screen.TICKET, ticket=event.ticket, paper=Paper.PRINTING, trouble=None, trail=(), warned=False
    )
    paper = e.PrintTicket(event.ticket, state.procedure, state.missing, state.language, state.asked.dossier)
    return shown, (paper,)


def _unreachable(state: KioskState, event: e.HubUnreachable) -> Result:
    """Keep every choice and the wish: the hub may have given the number without being heard."""
    trouble = s.Trouble(s.TroubleKind.UNREACHABLE)
    return structs.replace(state, screen=Screen.TROUBLE, trouble=trouble), ()


def _refused(state: KioskState, event: e.HubRefused) -> Result:
    """The hub said no, so there is no ticket: the next try is a new one."""
    trouble = s.Trouble(s.REFUSALS.get(event.code, s.TroubleKind.REFUSED), event.sentence)
    return structs.replace(state, screen=Screen.TROUBLE, trouble=trouble), ()


def _another(state: KioskState, event: e.AnotherWanted) -> Result:
    return _ask_again(state, s.TroubleKind.CONFIRM, confirmed=True)


def _promise(state: KioskState, event: e.PromiseWanted) -> Result:
    return _ask_again(state, s.TroubleKind.FULL, defer=True)


def _ask_again(state: KioskState, after: s.TroubleKind, **more: bool) -> Result:
    """Send the wish once more with the citizen's answer to what the hub asked; no ticket exists under its ids yet."""
    if state.trouble is None or state.trouble.kind is not after or state.asked is None:
        return state, ()
    wish = structs.replace(state.asked, **more)
    return structs.replace(state, screen=Screen.ISSUING, asked=wish, slow=False, trouble=None), (wish,)


def _trouble_back(state: KioskState, event: e.BackPressed) -> Result:
    """After a refusal another choice may be made; while a number may exist, only trying again or leaving is honest."""
    if state.trouble is not None and state.trouble.kind in s.NO_TICKET:
        return _back(structs.replace(state, asked=None), event)
    return state, ()


def _paper_ended(state: KioskState, event: e.PaperEnded) -> Result:
    """Show what became of the paper, to its holder only; the hub hears of it from the spool."""
    if state.ticket is None or state.ticket.id != event.ticket_id:
        return state, ()
    return structs.replace(state, paper=s.PAPER_AFTER[event.result], paper_detail=event.detail), ()


def _paper_begins(state: KioskState, event: e.PaperBegins) -> Result:
    """Say that the paper is coming, also when it was refused before."""
    if state.ticket is None or state.ticket.id != event.ticket_id:
        return state, ()
    return structs.replace(state, paper=Paper.PRINTING, paper_detail=""), ()


def _printer_says(state: KioskState, event: e.PrinterSays) -> Result:
    return structs.replace(state, printer_trouble=event.trouble), ()


def _result(state: KioskState, event: e.ResultWanted) -> Result:
    """Take a number for the desk that hands out results: a visit of its own, with nothing of the choices before it.

    While another number is on its way nothing is asked: one citizen, one ticket (DESIGN §6).
    """
    scan = state.scan
    if scan is None or scan.kind is not ScanKind.DOSSIER:
        return state, ()
    home, effects = _back_home(state)
    wish = e.Issue(event.attempt, event.queue, None, (), state.language, dossier=scan.dossier)
    asking, wishes = _issue(structs.replace(home, queue=event.queue, asked=wish), event.attempt)
    return asking, (*effects, *wishes)


def _language(state: KioskState, event: e.LanguageChosen) -> Result:
    return structs.replace(state, language=event.language), ()


def _text_size(state: KioskState, event: e.TextSizePressed) -> Result:
    return structs.replace(state, text_step=(state.text_step + 1) % s.TEXT_STEPS), ()


def _contrast(state: KioskState, event: e.ContrastPressed) -> Result:
    following = s.CONTRASTS[(s.CONTRASTS.index(state.contrast) + 1) % len(s.CONTRASTS)]
    return structs.replace(state, contrast=following), ()


def _bug(state: KioskState, event: e.BugHappened) -> Result:
    """Our own mistake: say so calmly. A number that is on the screen stays there."""
    if state.screen in (Screen.TICKET, Screen.ISSUING, Screen.TROUBLE):
        return state, ()
    return structs.replace(state, screen=Screen.TROUBLE, trouble=s.Trouble(s.TroubleKind.BUG), warned=False), ()


def _time_out(state: KioskState, event: e.TimedOut) -> Result:
    """Follow a timer's end; a timer that is no longer the current one is late and means nothing."""
    kind = event.kind
    if kind is not timer_of(state):
        return state, ()
    if kind is TimerKind.SCAN:
        return scan_timed_out(state)
    if kind is TimerKind.PATIENCE:
        return structs.replace(state, slow=True), ()
    if kind is TimerKind.GIVE_UP:
        return _unreachable(state, e.HubUnreachable())
    if kind is TimerKind.IDLE and state.screen is not Screen.HOME:
        return structs.replace(state, warned=True), ()
    home, effects = _home(state, event)
    if kind is TimerKind.CLOSE and state.ticket and state.paper is Paper.REFUSED and not state.touched_since:
        return home, (e.Abandon(state.ticket.id), *effects)
    return home, effects


TABLE: dict[tuple[Screen, type[e.Event]], Handler] = {
    (Screen.HOME, e.NumberWanted): _fields_for_number,
    (Screen.HOME, e.PapersWanted): _fields_for_papers,
    (Screen.HOME, e.SearchWanted): _search,
    (Screen.FIELDS, e.SearchWanted): _search,
    (Screen.FIELDS, e.FieldChosen): _field,
    (Screen.FIELDS, e.ProcedureChosen): _procedure,
    (Screen.FIELDS, e.BackPressed): _back,
    (Screen.PROCEDURES, e.ProcedureChosen): _procedure,
    (Screen.PROCEDURES, e.NumberPressed): _issue_for_queue,
    (Screen.PROCEDURES, e.BackPressed): _back,
    (Screen.SEARCH, e.QueryTyped): _query,
    (Screen.SEARCH, e.ProcedureChosen): _procedure,
    (Screen.SEARCH, e.BackPressed): _back,
    (Screen.PROCEDURE, e.PaperTouched): _paper,
    (Screen.PROCEDURE, e.DetailsWanted): _details,
    (Screen.PROCEDURE, e.NumberPressed): _issue_for_procedure,
    (Screen.PROCEDURE, e.BackPressed): _back,
    (Screen.DETAILS, e.BackPressed): _back,
    (Screen.ISSUING, e.TicketIssued): _issued,
    (Screen.ISSUING, e.HubUnreachable): _unreachable,
    (Screen.ISSUING, e.HubRefused): _refused,
    (Screen.ISSUING, e.HomePressed): _stay,
    (Screen.TROUBLE, e.TicketIssued): _issued,
    (Screen.TROUBLE, e.TryAgain): _try_again,
    (Screen.TROUBLE, e.AnotherWanted): _another,
    (Screen.TROUBLE, e.PromiseWanted): _promise,
    (Screen.TROUBLE, e.BackPressed): _trouble_back,
    **CHECKLIST_TABLE,
}
"""What each screen answers; every pair that is not here, and not in ANYWHERE, changes nothing."""

ANYWHERE: dict[type[e.Event], Handler] = {
    e.HomePressed: _home,
    e.PaperBegins: _paper_begins,
    e.PaperEnded: _paper_ended,
    e.PrinterSays: _printer_says,
    e.LanguageChosen: _language,
    e.TextSizePressed: _text_size,
    e.ContrastPressed: _contrast,
    e.BugHappened: _bug,
    e.TimedOut: _time_out,
    e.ResultWanted: _result,
    **CHECKLIST_ANYWHERE,
    **SCAN_TABLE,
}
"""What every screen answers, unless TABLE says otherwise for it."""
