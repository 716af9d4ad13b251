"""What is given to the spool has one fate, comes out when it can while its holder waits, and never twice in silence."""

from pathlib import Path

import pytest

from kiosk.domain.receipt import Receipt
from kiosk.ports import Fate, JobNews, Printed, PrinterStatus, PrintRefused, PrintUncertain
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState as R
from printers.spool_store import INTERRUPTED, SpoolStore
from tests.printers.paper_desk import WAIT_S, Desk, holds_only, job

S = PrinterStatus
STOPS = [
    (R.PAPER_OUT, S.PAPER_OUT),
    (R.COVER_OPEN, S.COVER_OPEN),
    (R.CUTTER_JAMMED, S.CUTTER_ERROR),
    (R.OVERHEATED, S.OVERHEATED),
    (R.OFFLINE, S.OFFLINE),
]


def is_copy(receiver: Receiver, index: int = -1) -> bool:
    """Whether a paper that came out is the one with the line that says so."""
    first, again = (draw(one, 576).height for one in (job().receipt, job().as_copy))
    height = receiver.papers[index].image.height
    assert first <= height
    return height >= again


def test_a_job_is_printed_told_and_kept(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        desk.spool.submit(job())
        fate = desk.fates.get(timeout=WAIT_S)
        assert (fate.ticket_id, fate.outcome) == ("t1", Printed())
        assert [desk.news.get(timeout=WAIT_S) for _ in range(2)] == [
            JobNews("t1", "t1"),
            JobNews("t1", "t1", Printed()),
        ]
        assert [(one.number, one.state) for one in desk.store.recent(5)] == [("T1", "printed")]
        assert len(receiver.papers) == 1
        assert not is_copy(receiver)


def test_the_same_job_again_prints_nothing(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        desk.prints(job())
        desk.spool.submit(job())
        desk.prints(job("t2"))
        assert len(receiver.papers) == 2
        assert desk.fates.empty()


@pytest.mark.parametrize(("state", "status"), STOPS)
def test_what_was_refused_comes_out_by_itself_and_is_no_copy(tmp_path: Path, state: R, status: S) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        receiver.set_state(state)
        desk.heard(status)
        desk.spool.submit(job())
        assert desk.fate() == PrintRefused(status)
        assert receiver.papers == []
        receiver.set_state()
        assert desk.fate() == Printed()
        assert len(receiver.papers) == 1
        assert not is_copy(receiver)


def test_what_was_refused_is_not_for_the_next_citizen(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        receiver.set_state(R.PAPER_OUT)
        desk.heard(S.PAPER_OUT)
        desk.spool.submit(job())
        assert desk.fate() == PrintRefused(S.PAPER_OUT)
        assert desk.spool.let_go("t1")
        receiver.set_state()
        desk.heard(S.READY)
        desk.prints(job("t2"))
        assert len(receiver.papers) == 1


def test_who_leaves_before_her_paper_is_refused_leaves_it_to_nobody(tmp_path: Path) -> None:
    with Receiver() as receiver:
        receiver.set_state(R.PAPER_OUT)
        desk = Desk(tmp_path, receiver)
        desk.spool.submit(job())
        assert not desk.spool.let_go("t1")  # it is on its way: whether it comes out is not known yet
        with desk:
            assert desk.fate() == PrintRefused(S.PAPER_OUT)
            receiver.set_state()
            desk.heard(S.READY)
            desk.prints(job("t2"))
            assert len(receiver.papers) == 1
            receiver.set_state(R.PAPER_OUT)
            desk.heard(S.PAPER_OUT)
            desk.spool.reprint("t1", "wish")  # whoever asks for it again is there again
            assert desk.fate() == PrintRefused(S.PAPER_OUT)
            receiver.set_state()
            assert desk.fate() == Printed()


def test_what_is_of_no_ticket_is_tried_once_and_the_hub_is_not_told(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        receiver.set_state(R.PAPER_OUT)
        desk.heard(S.PAPER_OUT)
        desk.spool.submit(job("list", ticket=""))
        desk.spool.submit(job("t1"))
        assert desk.fate() == PrintRefused(S.PAPER_OUT)
        receiver.set_state()
        assert desk.fate() == Printed()  # the ticket's; the list before it would have come out first
        desk.prints(job("t2"))
        assert len(receiver.papers) == 2
        assert desk.fates.empty()


def test_a_holder_who_waits_too_long_is_believed_to_have_left(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver, holder_s=0.0) as desk:
        receiver.set_state(R.PAPER_OUT)
        desk.heard(S.PAPER_OUT)
        desk.spool.submit(job())
        assert desk.fate() == PrintRefused(S.PAPER_OUT)
        receiver.set_state()
        desk.heard(S.READY)
        desk.prints(job("t2"))
        assert len(receiver.papers) == 1


def test_a_job_the_printer_holds_is_printed_by_the_printer_and_not_again(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver, late_s=600.0) as desk:
        desk.heard(S.READY)
        receiver.begin(R.COVER_OPEN, after_bytes=0)
        desk.spool.submit(job())
        assert desk.fate() == PrintUncertain(S.COVER_OPEN)
        receiver.set_state()
        assert desk.fate() == Printed()
        desk.prints(job("t2"))
        assert len(receiver.papers) == 2


def test_a_paper_whose_roll_ended_under_it_comes_once_more_as_a_copy(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        desk.heard(S.READY)
        receiver.begin(R.PAPER_OUT, after_bytes=100)
        desk.spool.submit(job())
        assert desk.fate() == PrintUncertain(S.PAPER_OUT)
        receiver.set_state()
        assert desk.fate() == Printed()
        assert len(receiver.papers) >= 2, "what the printer still held, and the copy"
        desk.prints(job("t2"))
        assert desk.fates.empty()


def test_a_job_that_was_lost_in_the_middle_comes_again_marked_as_a_copy(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        desk.heard(S.READY)
        receiver.switch_off(after_bytes=100)
        desk.spool.submit(job())
        assert desk.fate() == PrintUncertain(S.UNREACHABLE)
        receiver.switch_on()
        assert desk.fate() == Printed()
        assert is_copy(receiver)
        assert holds_only(receiver.papers[1], job().as_copy)
        assert receiver.paper_count == 2, "the half ticket falls off, and the copy is a paper of its own"
        desk.prints(job("t2"))
        assert receiver.paper_count == 3, "nothing is cut off before a paper that follows a whole one"


def test_half_a_paper_falls_off_before_another_citizens_ticket(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver, holder_s=0.0) as desk:
        desk.heard(S.READY)
        receiver.switch_off(after_bytes=100)
        desk.spool.submit(job())
        assert desk.fate() == PrintUncertain(S.UNREACHABLE)
        receiver.switch_on()
        desk.heard(S.READY)
        desk.prints(job("t2"))
        assert receiver.paper_count == 2
        assert holds_only(receiver.papers[1], job("t2").receipt)


def test_half_a_paper_falls_off_also_when_the_whole_kiosk_lost_its_power(tmp_path: Path) -> None:
    with Receiver() as receiver:
        with Desk(tmp_path, receiver) as desk:
            desk.heard(S.READY)
            receiver.switch_off(after_bytes=100)
            desk.spool.submit(job())
            assert desk.fate() == PrintUncertain(S.UNREACHABLE)
        receiver.switch_on()
        with Desk(tmp_path, receiver) as desk:
            desk.prints(job("t2"))
        assert receiver.paper_count == 2
        assert holds_only(receiver.papers[1], job("t2").receipt)


def test_a_silent_printer_cuts_by_itself_and_gives_no_empty_paper(tmp_path: Path) -> None:
    with Receiver() as receiver:
        receiver.set_state(R.MUTE)
        with Desk(tmp_path, receiver) as desk:
            desk.spool.submit(job())
            assert desk.fate() == PrintUncertain(S.UNKNOWN)
        with Desk(tmp_path, receiver) as desk:
            desk.spool.submit(job("t2"))
            assert desk.fate() == PrintUncertain(S.UNKNOWN)
        assert receiver.wait_for_papers(2, WAIT_S)
        assert holds_only(receiver.papers[1], job("t2").receipt)


def test_a_silent_printer_is_never_given_the_same_again(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        receiver.set_state(R.MUTE)
        desk.spool.submit(job())
        assert desk.fate() == PrintUncertain(S.UNKNOWN)
        assert receiver.wait_for_papers(1, WAIT_S)
        desk.heard(S.UNKNOWN)
        desk.spool.submit(job("t2"))
        assert desk.fate() == PrintUncertain(S.UNKNOWN)
        assert receiver.wait_for_papers(2, WAIT_S)
        assert receiver.paper_count == 2


def test_staff_print_again_and_the_paper_says_so_once_for_each_wish(tmp_path: Path) -> None:
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        desk.prints(job())
        desk.spool.reprint("t1", "wish-1")
        assert desk.fate() == Printed()
        assert desk.spool.reprint("t1", "wish-1")
        assert not desk.spool.reprint("unknown", "wish-2")
        desk.prints(job("t2"))
        assert receiver.paper_count == 3
        assert is_copy(receiver, 1)


def test_what_a_crash_interrupted_is_uncertain_and_not_printed(tmp_path: Path) -> None:
    store = SpoolStore(tmp_path / "spool.db")
    assert store.add(job(), 1_795_398_120_000, begun=True)
    store.close()
    with Receiver() as receiver, Desk(tmp_path, receiver) as desk:
        fate = desk.fates.get(timeout=WAIT_S)
        assert (fate.outcome, fate.detail) == (PrintUncertain(S.UNKNOWN), INTERRUPTED)
        desk.spool.submit(job())
        desk.prints(job("t2"))
        empty, paper = receiver.papers
        assert holds_only(empty, Receipt(())), "cut off in case half of it hung in the slot"
        assert holds_only(paper, job("t2").receipt)


def test_a_fate_that_was_not_told_is_told_at_the_next_start_under_the_same_id(tmp_path: Path) -> None:
    def full(fate: Fate) -> None:
        raise OSError("disk full")

    with Receiver() as receiver:
        with Desk(tmp_path, receiver) as desk:
            desk.spool._tell = full
            desk.spool.submit(job())
            assert desk.news.get(timeout=WAIT_S).outcome is None
            assert desk.news.get(timeout=WAIT_S).outcome == Printed()
            (untold,) = desk.store.untold()
        with Desk(tmp_path, receiver) as desk:
            assert desk.fates.get(timeout=WAIT_S) == untold
            desk.prints(job("t2"))
            assert desk.store.untold() == []


def test_papers_of_yesterday_are_forgotten_but_not_what_the_hub_does_not_know(tmp_path: Path) -> None:
    store = SpoolStore(tmp_path / "spool.db")
    for name in ("told", "untold"):
        store.add(job(name), 1000, begun=True)
        fate = store.end(name, Printed(), f"fact-{name}")
        if name == "told":
            store.told(fate)
    store.forget_before(2000)
    assert [one.id for one in store.recent(9)] == ["untold"]
    store.close()


def test_a_printer_that_hangs_keeps_nobody_waiting_but_the_spool(tmp_path: Path) -> None:
    with Receiver(buffer_bytes=1) as receiver, Desk(tmp_path, receiver) as desk:
        desk.heard(S.READY)
        receiver.slow_down(0)
        for n in range(3):
            desk.spool.submit(job(f"t{n}"))
        states = [(one.id, one.state) for one in desk.store.recent(3)]
        assert states == [
            ("t2", "waiting"),
            ("t1", "waiting"),
            ("t0", "open"),
        ]  # on the disk, whatever the printer does
        assert not desk.spool.let_go("t2")  # its turn has not come: the paper may still come out
        receiver.slow_down(None)
        assert sum(1 for _ in range(3) if desk.fate()) == 3
