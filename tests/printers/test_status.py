"""What a printer's bytes mean: measured ones, those of the published tables, and every byte there is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ports import PrinterStatus
from printers.status import Ear, Heard, status_of, unasked_status

S = PrinterStatus
MEASURED = [
    # As measured on an Epson-like printer (PLATFORM §4), then what the published tables add.
    ("16 12 12 12", S.READY),
    ("16 12 12 1e", S.PAPER_LOW),
    ("1e 32 12 7e", S.PAPER_OUT),
    ("1e 16 12 12", S.COVER_OPEN),
    ("1e 12 12 12", S.OFFLINE),
    ("12 12 12 12", S.READY),
    ("12 12 12 72", S.PAPER_OUT),
    ("1e 36 12 7e", S.COVER_OPEN),
    ("1e 52 1a 12", S.CUTTER_ERROR),
    ("1e 12 1a 12", S.CUTTER_ERROR),
    ("1e 52 52 12", S.OVERHEATED),
    ("1e 56 52 12", S.COVER_OPEN),
    ("1e 52 32 12", S.ERROR),
    ("1e 52 12 12", S.ERROR),
    ("1e 1a 12 12", S.OFFLINE),
]
UNASKED = [
    ("14 00 00 0f", S.READY),
    ("10 00 00 00", S.READY),
    ("14 00 03 0f", S.PAPER_LOW),
    ("1c 00 0c 0f", S.PAPER_OUT),
    ("1c 00 0f 0f", S.PAPER_OUT),
    ("3c 00 00 0f", S.COVER_OPEN),
    ("1c 08 00 0f", S.CUTTER_ERROR),
    ("1c 20 00 0f", S.ERROR),
    ("1c 40 00 0f", S.OVERHEATED),
    ("1c 00 00 0f", S.OFFLINE),
]
BYTES = st.integers(0, 255)
ANSWERS = BYTES.map(lambda byte: byte & 0x6C | 0x12)
"""Any byte made one that answers DLE EOT: its fixed bits set, the others as they come."""


@pytest.mark.parametrize(("answers", "status"), MEASURED)
def test_status_bytes_have_a_name(answers: str, status: PrinterStatus) -> None:
    assert status_of(dict(enumerate(bytes.fromhex(answers), start=1))) is status


@pytest.mark.parametrize(("told", "status"), UNASKED)
def test_news_it_sends_by_itself_has_a_name(told: str, status: PrinterStatus) -> None:
    assert unasked_status(bytes.fromhex(told)) is status
    (heard,) = Ear().hear(bytes.fromhex(told))
    assert heard == Heard(news=status)


def test_news_has_four_bytes() -> None:
    with pytest.raises(ValueError, match="4 bytes, not 3"):
        unasked_status(b"\x10\0\0")


def test_no_answer_is_not_no_paper() -> None:
    assert status_of({}) is PrinterStatus.UNKNOWN


@given(st.dictionaries(st.integers(1, 4), BYTES, min_size=1))
def test_any_answer_at_all_has_one_name_and_never_unknown(answers: dict[int, int]) -> None:
    assert status_of(answers) not in (PrinterStatus.UNKNOWN, PrinterStatus.UNREACHABLE)


@given(st.dictionaries(st.integers(1, 4), BYTES))
def test_one_that_prints_is_on_line_with_paper_and_a_shut_cover(answers: dict[int, int]) -> None:
    if status_of(answers).prints:
        assert not answers.get(1, 0) & 0x08
        assert not answers.get(2, 0) & 0x64
        assert not answers.get(3, 0) & 0x68
        assert not answers.get(4, 0) & 0x60


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_an_open_cover_is_said_before_all_else_and_paper_out_next(one: int, two: int, three: int, four: int) -> None:
    status = status_of({1: one, 2: two, 3: three, 4: four})
    if two & 0x04:
        assert status is PrinterStatus.COVER_OPEN
    elif four & 0x60 or two & 0x20:
        assert status is PrinterStatus.PAPER_OUT
    elif three & 0x08:
        assert status is PrinterStatus.CUTTER_ERROR


@given(st.binary(max_size=64), st.lists(st.integers(0, 64)))
def test_bytes_mean_the_same_in_whatever_pieces_they_come(data: bytes, cuts: list[int]) -> None:
    at_once, in_pieces = Ear().hear(data), []
    ear, edges = Ear(), sorted({0, len(data), *(min(cut, len(data)) for cut in cuts)})
    for start, end in pairwise(edges):
        in_pieces += ear.hear(data[start:end])
    assert in_pieces == at_once


@given(st.binary(min_size=1, max_size=1))
def test_every_byte_is_one_kind_of_thing_or_nothing(byte: bytes) -> None:
    heard = Ear().hear(byte)
    kind = byte[0] & 0x93
    if kind == 0x12:
        assert heard == [Heard(answer=byte[0])]
    elif byte[0] & 0x90 == 0:
        assert heard == [Heard(finished=True)]
    else:
        assert heard == []


@given(st.tuples(*(st.sampled_from([n for n in range(256) if not n & 0x90]),) * 3), ANSWERS, st.integers(1, 3))
def test_an_answer_in_the_middle_of_news_is_heard_and_the_news_too(
    rest: tuple[int, int, int], answer: int, at: int
) -> None:
    told = bytes((0x10, *rest))
    heard = Ear().hear(told[:at] + bytes((answer,)) + told[at:])
    assert heard == [Heard(answer=answer), Heard(news=unasked_status(told))]


def test_flow_control_between_the_bytes_is_passed_over() -> None:
    assert Ear().hear(b"\x13\x10\x00\x11\x0c\x00\x13") == [Heard(news=PrinterStatus.PAPER_OUT)]
