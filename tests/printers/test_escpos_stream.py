import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.drawing.raster import draw, pieces
from printers.escpos_stream import _COMMAND_COSTS, BAND_ROWS, _stretches, encode, load_escpos
from tests.printers import samples

HEAD = b"\x1dv0\x00"


def commands(job: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Go through the pictures of a job as python-escpos frames them: bytes across, rows, dots."""
    at = job.index(HEAD)
    while job.startswith(HEAD, at):
        across, rows = int.from_bytes(job[at + 4 : at + 6], "little"), int.from_bytes(job[at + 6 : at + 8], "little")
        yield across, rows, job[at + 8 : at + 8 + across * rows]
        at += 8 + across * rows


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("sample", [samples.ticket, samples.checklist, samples.long_names])
def test_our_bands_are_those_python_escpos_makes_of_the_same_strips_of_the_picture(sample, width: int) -> None:
    picture = draw(sample(), width)
    theirs, top = load_escpos().Dummy(), 0
    theirs.hw("INIT")
    for across, rows, _ in list(commands(encode(pieces(sample(), width)))):
        theirs.image(picture.crop((0, top, across * 8, top + rows)), fragment_height=BAND_ROWS)
        top += rows
    theirs.cut()
    assert top == picture.height
    assert encode(pieces(sample(), width)) == theirs.output


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("sample", [samples.ticket, samples.checklist])
def test_what_is_not_sent_is_white_and_much(sample, width: int) -> None:
    picture, top, sent = draw(sample(), width), 0, 0
    for across, rows, data in commands(encode(pieces(sample(), width))):
        assert 1 <= rows <= BAND_ROWS
        beyond = picture.crop((across * 8, top, width, top + rows)) if across * 8 < width else None
        assert beyond is None or beyond.getextrema() == (255, 255)
        top, sent = top + rows, sent + len(data) + 8
    assert sent < 0.7 * picture.height * width / 8


@given(st.lists(st.integers(1, 72), max_size=300))
def test_stretches_hold_every_row_and_are_never_dearer_than_one(widths: list[int]) -> None:
    stretches = _stretches(widths)
    assert sum(rows for rows, _ in stretches) == len(widths)
    top = 0
    for rows, wide in stretches:
        assert max(widths[top : top + rows]) == wide
        top += rows
    cost = sum(rows * wide + _COMMAND_COSTS for rows, wide in stretches)
    assert cost <= len(widths) * (max(widths, default=0) + _COMMAND_COSTS)


def test_a_piece_without_a_cut_is_fed_but_not_cut() -> None:
    uncut = [piece._replace(cut=False) for piece in pieces(samples.ticket(), 576)]
    assert encode(uncut).endswith(b"\x1bd\x02")
    assert b"\x1dV" not in encode(uncut)[-8:]


def test_loading_python_escpos_leaves_neither_files_nor_settings_nor_words_behind(tmp_path: Path) -> None:
    program = (
        "import os; before = dict(os.environ); from printers.escpos_stream import load_escpos; load_escpos().Dummy();"
        "assert dict(os.environ) == before"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path / "none")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_first_ticket_may_come_while_the_warm_up_is_still_loading() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor as Pool; from threading import Barrier;"
        "from printers.escpos_stream import load_escpos; gate = Barrier(8);"
        "found = list(Pool(8).map(lambda _: gate.wait() >= 0 and load_escpos(), range(8)));"
        "assert found == [load_escpos()] * 8"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
