import os
import subprocess
import sys
from pathlib import Path

import pytest

from printers.drawing.raster import draw, pieces
from printers.escpos_stream import BAND_ROWS, encode, load_escpos
from tests.printers import samples


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("sample", [samples.ticket, samples.checklist])
def test_our_bytes_are_those_python_escpos_makes_of_the_same_picture(sample, width: int) -> None:
    theirs = load_escpos().Dummy()
    theirs.hw("INIT")
    theirs.image(draw(sample(), width), fragment_height=BAND_ROWS)
    theirs.cut()
    assert encode(pieces(sample(), width)) == theirs.output


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
