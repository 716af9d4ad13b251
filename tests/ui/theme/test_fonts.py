"""A bundled typeface that is missing or not whole is said when a screen starts, in a sentence."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.typefaces import SHOWN, TypefaceError
from tests.house.source import ROOT
from ui.theme import fonts

CUT, GONE = (lambda whole: whole[: len(whole) // 2]), None


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[object], Path]:
    def write(change: Callable[[bytes], bytes] | None) -> Path:
        path = tmp_path / "Medium.ttf"
        if change is not None:
            path.write_bytes(change(SHOWN[-1].read_bytes()))
        return path

    return write


@pytest.mark.parametrize(("change", "says"), [(CUT, "is broken"), (GONE, "cannot be read")], ids=["cut", "gone"])
def test_a_typeface_that_only_screens_use_is_judged_too(
    qapp: object, monkeypatch: pytest.MonkeyPatch, broken: Callable[..., Path], change: object, says: str
) -> None:
    monkeypatch.setattr(fonts, "SHOWN", (broken(change),))
    with pytest.raises(TypefaceError, match=rf"Medium\.ttf {says}.*Install Mời again"):
        fonts.load_fonts.__wrapped__()


def test_a_kiosk_without_its_typeface_ends_with_a_sentence(tmp_path: Path, broken: Callable[..., Path]) -> None:
    begins = f"from ui.theme import fonts; from pathlib import Path; fonts.SHOWN = (Path({str(broken(CUT))!r}),)"
    kiosk = ["kiosk", "--hub", "http://127.0.0.1:9", "--data", str(tmp_path / "kiosk")]
    ended = subprocess.run(
        [sys.executable, "-c", f"{begins}; import sys, main; sys.exit(main.main({kiosk!r}))"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1] == (
        f"The typeface {tmp_path / 'Medium.ttf'} is broken. Install Mời again: its letters would be missing."
    )
    assert "Traceback" not in ended.stderr
