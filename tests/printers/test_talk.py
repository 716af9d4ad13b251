"""Questions and answers on one connection."""

from collections import deque

import pytest

from kiosk.ports import PrinterStatus
from printers.talk import Talk
from tests.printers.test_status import MEASURED


class FakePrinter:
    """Answers by a table; None in it is silence. `before` is what it says unasked."""

    answers = True

    def __init__(self, answers: dict[int, bytes], before: bytes = b"") -> None:
        self._answers = answers
        self._say = deque([before] if before else [])
        self.asked: list[int] = []

    def send(self, data: bytes) -> None:
        assert data[:2] == b"\x10\x04"
        self.asked.append(data[2])
        if data[2] in self._answers:
            self._say.append(self._answers[data[2]])

    def receive(self, timeout_s: float) -> bytes:
        return self._say.popleft() if self._say else b""

    def fileno(self) -> int:
        return -1

    def close(self) -> None:
        pass


def table(answers: str) -> dict[int, bytes]:
    return {n: bytes((byte,)) for n, byte in enumerate(bytes.fromhex(answers), start=1)}


@pytest.mark.parametrize(("answers", "status"), MEASURED)
def test_a_printer_is_asked_all_it_can_say(answers: str, status: PrinterStatus) -> None:
    printer = FakePrinter(table(answers))
    assert Talk(printer, 0.1).ask() is status
    assert sorted(printer.asked) == [1, 2, 3, 4]


def test_before_a_job_one_answer_is_enough_where_it_is_on_line() -> None:
    printer = FakePrinter(table("16 12 12 1e"))
    assert Talk(printer, 0.1).ask_whether_on_line().prints
    assert printer.asked == [1]


def test_before_a_job_one_that_is_off_line_is_asked_why() -> None:
    assert Talk(FakePrinter(table("1e 32 12 7e")), 0.1).ask_whether_on_line() is PrinterStatus.PAPER_OUT
    assert Talk(FakePrinter({}), 0).ask_whether_on_line() is PrinterStatus.UNKNOWN


def test_silence_is_unknown_and_after_the_first_no_more_is_asked() -> None:
    printer = FakePrinter({})
    assert Talk(printer, 0).ask() is PrinterStatus.UNKNOWN
    assert printer.asked == [1]


def test_after_the_first_silence_what_was_said_counts() -> None:
    assert Talk(FakePrinter({1: b"\x16"}), 0).ask() is PrinterStatus.READY
    assert Talk(FakePrinter({1: b"\x1e"}), 0).ask() is PrinterStatus.OFFLINE
    assert Talk(FakePrinter({1: b"\x1e", 4: b"\x7e"}), 0).ask() is PrinterStatus.PAPER_OUT


def test_answers_to_older_questions_and_other_bytes_are_not_taken_for_an_answer() -> None:
    ready = {n: b"\x11\x00" + bytes((byte,)) for n, byte in enumerate(b"\x16\x12\x12\x12", start=1)}
    assert Talk(FakePrinter(ready, before=b"\x1e\x7e"), 0.1).ask() is PrinterStatus.READY


def test_finished_is_remembered_even_if_it_came_while_another_question_was_open() -> None:
    talk = Talk(FakePrinter({1: b"\x00\x16", 2: b"\x12", 3: b"\x12", 4: b"\x12"}), 0.1)
    talk.began_job()
    assert not talk.finished(0)
    assert talk.ask() is PrinterStatus.READY
    assert talk.finished(0)


def test_two_jobs_are_finished_when_both_are() -> None:
    talk = Talk(FakePrinter({}, before=b"\x00"), 0)
    talk.began_job()
    talk.began_job()
    assert not talk.finished(0.1)


def test_what_it_says_by_itself_is_kept() -> None:
    talk = Talk(FakePrinter({}, before=b"\x1c\x00\x0c\x0f"), 0)
    assert talk.last_news is None
    assert talk.listen(0)
    assert talk.last_news is PrinterStatus.PAPER_OUT
