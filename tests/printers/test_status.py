from collections import deque

import pytest

from kiosk.ports import PrinterStatus
from printers.status import Talk, status_of

# As measured on an Epson-like printer (PLATFORM §4), then what other makers add.
MEASURED = [
    ("16 12 12 12", PrinterStatus.READY),
    ("16 12 12 1e", PrinterStatus.PAPER_LOW),
    ("1e 32 12 7e", PrinterStatus.PAPER_OUT),
    ("1e 16 12 12", PrinterStatus.COVER_OPEN),
    ("1e 12 12 12", PrinterStatus.OFFLINE),
    ("12 12 12 12", PrinterStatus.READY),
    ("12 12 12 72", PrinterStatus.PAPER_OUT),
    ("1e 36 12 7e", PrinterStatus.COVER_OPEN),
    ("1e 52 12 12", PrinterStatus.ERROR),
    ("1e 12 1a 12", PrinterStatus.ERROR),
    ("1e 12 32 12", PrinterStatus.ERROR),
    ("1e 1a 12 12", PrinterStatus.OFFLINE),
]


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

    def close(self) -> None:
        pass


@pytest.mark.parametrize(("answers", "status"), MEASURED)
def test_status_bytes_have_a_name(answers: str, status: PrinterStatus) -> None:
    assert status_of(dict(enumerate(bytes.fromhex(answers), start=1))) is status


@pytest.mark.parametrize(("answers", "status"), MEASURED)
def test_a_printer_is_asked_all_it_can_say(answers: str, status: PrinterStatus) -> None:
    printer = FakePrinter({n: bytes((byte,)) for n, byte in enumerate(bytes.fromhex(answers), start=1)})
    assert Talk(printer, 0.1).ask() is status
    assert sorted(printer.asked) == [1, 2, 3, 4]


def test_no_answer_is_not_no_paper() -> None:
    assert status_of({}) is PrinterStatus.NO_ANSWER
    assert Talk(FakePrinter({}), 0).ask() is PrinterStatus.NO_ANSWER


def test_after_the_first_silence_what_was_said_counts() -> None:
    assert Talk(FakePrinter({1: b"\x16"}), 0).ask() is PrinterStatus.READY
    assert Talk(FakePrinter({1: b"\x1e"}), 0).ask() is PrinterStatus.OFFLINE
    assert Talk(FakePrinter({1: b"\x1e", 4: b"\x7e"}), 0).ask() is PrinterStatus.PAPER_OUT


def test_answers_to_older_questions_and_other_bytes_are_not_taken_for_an_answer() -> None:
    ready = {n: b"\x11\x14\x00" + bytes((byte,)) for n, byte in enumerate(b"\x16\x12\x12\x12", start=1)}
    assert Talk(FakePrinter(ready, before=b"\x1e\x7e"), 0.1).ask() is PrinterStatus.READY


def test_finished_is_remembered_even_if_it_came_while_another_question_was_open() -> None:
    talk = Talk(FakePrinter({1: b"\x00\x16", 2: b"\x12", 3: b"\x12", 4: b"\x12"}), 0.1)
    assert not talk.finished(0)
    assert talk.ask() is PrinterStatus.READY
    assert talk.finished(0)
    assert talk.finished(0)
