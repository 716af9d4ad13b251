"""The kiosk's flow: one citizen, one ticket, and nothing left of her for the next."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Document, DocumentKind, Procedure
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk import ANYWHERE, TABLE, step
from kiosk.flows.kiosk_checklist import ChecklistEnded, ChecklistRested, ChecklistWanted
from kiosk.flows.kiosk_events import Attempt, IssuedTicket, TimerKind
from kiosk.flows.kiosk_state import KioskState, Paper, Purpose, Screen, Timing, TroubleKind
from kiosk.flows.kiosk_timers import seconds_of, timer_of
from kiosk.flows.scan import Scan, ScanKind

TIMING = Timing()
BIRTH = Procedure(
    code="1.001193",
    key="1.001193",
    name="Thủ tục đăng ký khai sinh",
    short="Đăng ký khai sinh",
    name_en="Birth registration",
    field="Hộ tịch",
    level="commune",
    assisted=False,
    documents=(
        Document("Tờ khai", DocumentKind.SUBMIT, original=1),
        Document("Giấy chứng sinh", DocumentKind.SUBMIT, original=1),
        Document("Văn bản ủy quyền", DocumentKind.SUBMIT, original=1, conditional=True),
        Document("Giấy tờ tùy thân", DocumentKind.SHOW, original=1),
        Document("Mẫu điện tử khi nộp trực tuyến", DocumentKind.NOTE),
    ),
)


def attempt(n: int = 1) -> Attempt:
    return Attempt(f"command-{n}", f"ticket-{n}", f"token-{n}")


def issued(n: int = 1) -> e.TicketIssued:
    return e.TicketIssued(IssuedTicket(f"ticket-{n}", "A027", "A", "http://hub/t/x", 3, 10, 20, (1, 2), 1))


def run(*events: e.Event, state: KioskState | None = None) -> tuple[KioskState, list[e.Effect]]:
    now, effects = state or KioskState(), []
    for event in events:
        now, new = step(now, event, TIMING)
        effects += new
    return now, effects


def wishes(effects: list[e.Effect]) -> list[e.Issue]:
    return [effect for effect in effects if isinstance(effect, e.Issue)]


TO_PROCEDURE = (e.SearchWanted(), e.QueryTyped("khai sinh"), e.ProcedureChosen(BIRTH, "A"))
TO_ISSUING = (*TO_PROCEDURE, e.PaperTouched(0), e.NumberPressed(attempt()))

EVENTS = st.one_of(
    st.sampled_from(
        [
            e.Touched(),
            e.NumberWanted(),
            e.PapersWanted(),
            e.SearchWanted(),
            e.DetailsWanted(),
            e.BackPressed(),
            e.HomePressed(),
            e.TryAgain(),
            e.StillHere(),
            e.TextSizePressed(),
            e.ContrastPressed(),
            e.HubUnreachable(),
            e.HubRefused("Không được."),
            e.HubRefused("", "confirm_number"),
            e.HubRefused("", "day_is_full"),
            e.AnotherWanted(),
            e.PromiseWanted(),
            e.BugHappened(),
            e.Scanned("scan-1", token="t1"),
            e.Scanned("scan-2", token="t2"),
            e.Scanned("scan-3", query="kh"),
            e.Scanned("scan-4", dossier="H12.34-260101-0001"),
            e.ScanAnswered("scan-1", Scan(ScanKind.WAITING, number="A001")),
            e.ScanAnswered("scan-2", Scan(ScanKind.UNKNOWN)),
            e.ScanClosed(),
            ChecklistWanted("list-1"),
            ChecklistWanted("list-2"),
            ChecklistEnded("list-1", PrintResult.PRINTED),
            ChecklistEnded("list-2", PrintResult.REFUSED, "paper_out"),
            ChecklistRested(),
            e.ProcedureChosen(BIRTH, "A"),
            e.LanguageChosen("en"),
            e.LanguageChosen("vi"),
        ]
    ),
    st.builds(e.QueryTyped, st.text(max_size=3)),
    st.builds(e.PaperTouched, st.integers(-1, 6)),
    st.builds(e.NumberPressed, st.integers(1, 5).map(attempt)),
    st.builds(e.ResultWanted, st.integers(1, 5).map(attempt), st.just("K")),
    st.builds(e.FieldChosen, st.sampled_from("AB"), st.integers(1, 5).map(attempt)),
    st.integers(1, 5).map(issued),
    st.builds(e.PaperEnded, st.integers(1, 5).map(lambda n: f"ticket-{n}"), st.sampled_from(PrintResult)),
    st.builds(e.PaperBegins, st.integers(1, 5).map(lambda n: f"ticket-{n}")),
    st.builds(e.PrinterSays, st.sampled_from(["", "paper_out"])),
    st.builds(e.TimedOut, st.sampled_from(TimerKind)),
)
STORIES = st.lists(EVENTS, max_size=25)


def test_two_touches_lead_from_home_to_a_number() -> None:
    state, effects = run(e.NumberWanted(), e.FieldChosen("B", attempt()))
    assert state.screen is Screen.ISSUING
    assert wishes(effects) == [e.Issue(attempt(), "B", None, (), "vi")]


def test_a_field_shows_its_procedures_to_who_came_for_papers() -> None:
    state, effects = run(e.PapersWanted(), e.FieldChosen("B", attempt()))
    assert (state.screen, state.queue, state.purpose) == (Screen.PROCEDURES, "B", Purpose.PAPERS)
    assert wishes(effects) == []


def test_a_procedure_sends_what_is_missing_once_a_paper_was_ticked() -> None:
    _, effects = run(*TO_ISSUING)
    assert wishes(effects) == [e.Issue(attempt(), "A", "1.001193", (1, 3), "vi")]


def test_nothing_is_missing_while_nothing_was_said() -> None:
    _, effects = run(*TO_PROCEDURE, e.NumberPressed(attempt()))
    assert wishes(effects)[0].missing == ()


def test_a_second_touch_unticks_a_paper_and_a_remark_cannot_be_ticked() -> None:
    state, _ = run(*TO_PROCEDURE, e.PaperTouched(0), e.PaperTouched(3), e.PaperTouched(0), e.PaperTouched(4))
    assert state.have == (3,)


def test_the_number_is_shown_and_printed_at_once() -> None:
    state, effects = run(*TO_ISSUING, issued())
    assert (state.screen, state.paper) == (Screen.TICKET, Paper.PRINTING)
    assert e.PrintTicket(issued().ticket, BIRTH, (1, 3), "vi") in effects


def test_a_ticket_without_paper_stays_longer_to_be_photographed() -> None:
    state, effects = run(*TO_ISSUING, issued(), e.PaperEnded("ticket-1", PrintResult.REFUSED, "paper_out"))
    assert (state.paper, state.paper_detail) == (Paper.REFUSED, "paper_out")
    assert effects[-1] == e.StartTimer(TimerKind.CLOSE, TIMING.ticket_close_no_paper)


def test_a_printed_ticket_closes_by_itself() -> None:
    state, effects = run(*TO_ISSUING, issued(), e.PaperEnded("ticket-1", PrintResult.PRINTED))
    assert effects[-1] == e.StartTimer(TimerKind.CLOSE, TIMING.ticket_close)
    state, effects = run(e.TimedOut(TimerKind.CLOSE), state=state)
    assert state == KioskState()
    assert e.Forget("ticket-1") in effects


def test_news_of_paper_after_the_citizen_left_are_nobodys() -> None:
    for news in (e.PaperBegins("ticket-1"), e.PaperEnded("ticket-1", PrintResult.PRINTED)):
        state, _ = run(*TO_ISSUING, issued(), e.HomePressed(), news)
        assert state == KioskState()


def test_paper_that_comes_after_all_is_shown_coming_and_her_number_is_not_given_up() -> None:
    refused = e.PaperEnded("ticket-1", PrintResult.REFUSED, "paper_out")
    state, effects = run(*TO_ISSUING, issued(), refused, e.PaperBegins("ticket-1"))
    assert (state.paper, state.paper_detail) == (Paper.PRINTING, "")
    assert effects[-1] == e.StartTimer(TimerKind.CLOSE, TIMING.ticket_close_no_paper)
    _, effects = run(e.TimedOut(TimerKind.CLOSE), state=state)
    assert [effect for effect in effects if isinstance(effect, e.Abandon)] == []


def test_the_printers_trouble_stays_when_a_citizen_leaves() -> None:
    state, _ = run(e.PrinterSays("paper_out"), *TO_ISSUING, issued(), e.HomePressed())
    assert state == KioskState(printer_trouble="paper_out")
    state, _ = run(e.PrinterSays(""), state=state)
    assert state == KioskState()


def test_try_again_sends_the_very_same_wish_even_in_another_language() -> None:
    state, effects = run(*TO_ISSUING, e.HubUnreachable(), e.LanguageChosen("en"), e.TryAgain())
    first, second = wishes(effects)
    assert first == second
    assert state.screen is Screen.ISSUING
    assert state.have == (0,)


def test_an_answer_after_the_trouble_was_said_still_counts() -> None:
    state, effects = run(*TO_ISSUING, e.HubUnreachable(), issued())
    assert state.screen is Screen.TICKET
    assert any(isinstance(effect, e.PrintTicket) for effect in effects)


def test_an_answer_for_somebody_else_changes_nothing() -> None:
    state, effects = run(*TO_ISSUING, issued(2))
    assert state.screen is Screen.ISSUING
    assert not any(isinstance(effect, e.PrintTicket) for effect in effects)


def test_a_slow_hub_is_said_after_the_patience_and_given_up_in_the_end() -> None:
    state, effects = run(*TO_ISSUING)
    assert effects[-1] == e.StartTimer(TimerKind.PATIENCE, TIMING.patience)
    state, effects = run(e.TimedOut(TimerKind.PATIENCE), state=state)
    assert state.slow
    assert effects == [e.StartTimer(TimerKind.GIVE_UP, TIMING.give_up)]
    state, _ = run(e.TimedOut(TimerKind.GIVE_UP), state=state)
    assert state.trouble is not None
    assert state.trouble.kind is TroubleKind.UNREACHABLE


def test_while_a_number_may_exist_back_does_not_lead_to_a_second_one() -> None:
    state, _ = run(*TO_ISSUING, e.HubUnreachable(), e.BackPressed())
    assert state.screen is Screen.TROUBLE


def test_after_a_refusal_the_choice_can_be_changed_under_new_ids() -> None:
    state, effects = run(*TO_ISSUING, e.HubRefused("Không có hàng này."), e.BackPressed(), e.NumberPressed(attempt(2)))
    assert [wish.attempt for wish in wishes(effects)] == [attempt(1), attempt(2)]
    assert state.screen is Screen.ISSUING


def test_the_hubs_own_sentence_is_shown_when_it_refuses() -> None:
    state, _ = run(*TO_ISSUING, e.HubRefused("Không có hàng này."))
    assert state.trouble is not None
    assert state.trouble.sentence == "Không có hàng này."


def test_a_number_so_soon_is_asked_about_and_given_when_she_wants_another() -> None:
    state, effects = run(*TO_ISSUING, e.HubRefused("Vừa lấy số A015.", "confirm_number"))
    assert state.trouble is not None
    assert (state.trouble.kind, state.trouble.sentence) == (TroubleKind.CONFIRM, "Vừa lấy số A015.")
    state, effects = run(e.AnotherWanted(), state=state)
    assert state.screen is Screen.ISSUING
    [wish] = wishes(effects)
    assert (wish.attempt, wish.confirmed, wish.defer) == (attempt(), True, False)
    state, effects = run(e.HubUnreachable(), e.TryAgain(), state=state)
    assert wishes(effects) == [wish]


def test_a_number_so_soon_is_not_given_to_who_does_not_want_it() -> None:
    state, effects = run(*TO_ISSUING, e.HubRefused("", "confirm_number"), e.HomePressed())
    assert state == KioskState()
    assert len(wishes(effects)) == 1


def test_when_today_is_full_the_first_hour_can_be_taken_or_another_choice_made() -> None:
    full, _ = run(*TO_ISSUING, e.HubRefused("", "day_is_full"))
    assert full.trouble is not None
    assert full.trouble.kind is TroubleKind.FULL
    state, effects = run(e.PromiseWanted(), state=full)
    [wish] = wishes(effects)
    assert (state.screen, wish.attempt, wish.defer) == (Screen.ISSUING, attempt(), True)
    state, _ = run(e.BackPressed(), state=full)
    assert (state.screen, state.asked) == (Screen.PROCEDURE, None)


def test_an_answer_to_a_question_nobody_asked_means_nothing() -> None:
    refused, _ = run(*TO_ISSUING, e.HubRefused("Không được.", "queue_closed"))
    for answer in (e.AnotherWanted(), e.PromiseWanted()):
        state, effects = run(answer, state=refused)
        assert state.screen is Screen.TROUBLE
        assert wishes(effects) == []


def test_a_number_without_paper_that_nobody_touched_is_given_up_when_the_screen_closes() -> None:
    refused = e.PaperEnded("ticket-1", PrintResult.REFUSED, "paper_out")
    _, effects = run(*TO_ISSUING, issued(), refused, e.TimedOut(TimerKind.CLOSE))
    assert e.Abandon("ticket-1") in effects


def test_a_number_is_kept_where_someone_was_there_or_paper_may_have_come_out() -> None:
    def left(*events: e.Event) -> list[e.Effect]:
        _, effects = run(*TO_ISSUING, issued(), *events, e.TimedOut(TimerKind.CLOSE))
        return [effect for effect in effects if isinstance(effect, e.Abandon)]

    refused = e.PaperEnded("ticket-1", PrintResult.REFUSED, "paper_out")
    assert left(refused, e.Touched()) == []
    assert left(refused, e.LanguageChosen("en")) == []
    assert left(refused, e.HomePressed()) == []
    assert left(e.PaperEnded("ticket-1", PrintResult.PRINTED)) == []
    assert left(e.PaperEnded("ticket-1", PrintResult.UNCERTAIN)) == []
    assert left() == []
    assert left(e.Touched(), refused) == [e.Abandon("ticket-1")]


def test_back_walks_the_way_the_citizen_came() -> None:
    state, _ = run(e.PapersWanted(), e.FieldChosen("A", attempt()), e.ProcedureChosen(BIRTH, "A"), e.DetailsWanted())
    seen = []
    for _ in range(4):
        state, _ = run(e.BackPressed(), state=state)
        seen.append(state.screen)
    assert seen == [Screen.PROCEDURE, Screen.PROCEDURES, Screen.FIELDS, Screen.HOME]


def test_back_at_home_keeps_the_language_and_the_size() -> None:
    state, _ = run(e.LanguageChosen("en"), e.TextSizePressed(), e.SearchWanted(), e.BackPressed())
    assert (state.screen, state.language, state.text_step) == (Screen.HOME, "en", 1)
    assert timer_of(state) is TimerKind.IDLE


def test_the_warning_goes_away_with_a_word_and_a_bare_touch_only_buys_time() -> None:
    state, _ = run(*TO_PROCEDURE, e.TimedOut(TimerKind.IDLE))
    assert state.warned
    state, effects = run(e.Touched(), state=state)
    assert state.warned
    assert effects == [e.StartTimer(TimerKind.COUNTDOWN, TIMING.idle_countdown)]
    state, _ = run(e.StillHere(), state=state)
    assert (state.warned, state.screen, state.query) == (False, Screen.PROCEDURE, "khai sinh")


def test_a_touch_stretches_the_timer() -> None:
    _, effects = run(*TO_PROCEDURE, e.Touched())
    assert effects[-1] == e.StartTimer(TimerKind.IDLE, TIMING.idle_before_warning)


def test_our_own_bug_is_said_calmly_and_never_hides_a_number() -> None:
    state, _ = run(*TO_PROCEDURE, e.BugHappened())
    assert state.trouble is not None
    assert state.trouble.kind is TroubleKind.BUG
    state, _ = run(*TO_ISSUING, issued(), e.BugHappened())
    assert state.screen is Screen.TICKET


@given(STORIES)
def test_from_any_state_idle_leads_home_and_forgets_everything(story: list[e.Event]) -> None:
    state, _ = run(*story)
    for _ in range(8):
        kind = timer_of(state)
        if kind is None:
            break
        state, _ = run(e.TimedOut(kind), state=state)
    assert state == KioskState(printer_trouble=state.printer_trouble, checklist=state.checklist)


@given(STORIES)
def test_one_wish_a_journey_however_often_the_button_is_pressed(story: list[e.Event]) -> None:
    state, sent = KioskState(), []
    for event in story:
        refused = isinstance(event, e.HubRefused)
        state, effects = step(state, event, TIMING)
        sent += wishes(list(effects))
        assert len({(wish.attempt.command_id, wish) for wish in sent}) <= 1
        if state.screen is Screen.HOME or refused or isinstance(event, (e.AnotherWanted, e.PromiseWanted)):
            sent = []
        if state.screen is Screen.TICKET:
            sent = []  # a result's number may follow: another visit


@given(STORIES, EVENTS)
def test_every_state_takes_every_event(story: list[e.Event], event: e.Event) -> None:
    state, _ = run(*story)
    after, effects = step(state, event, TIMING)
    kind = timer_of(after)
    assert kind is None or seconds_of(kind, after, TIMING) > 0
    if timer_of(state) is not kind:
        assert isinstance(effects[-1], (e.StartTimer, e.StopTimer))


def test_every_event_means_something_somewhere() -> None:
    meant = {kind for _, kind in TABLE} | set(ANYWHERE) | {e.Touched, e.StillHere}
    leaves = {kind for kind in _all_events(e.Event) if not kind.__subclasses__()}
    assert meant == leaves


def _all_events(kind: type) -> set[type]:
    return {kind}.union(*(_all_events(sub) for sub in kind.__subclasses__()))
