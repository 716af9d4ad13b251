"""Every paper, at both widths and in every language, with usual and with the longest names, is the picture it was."""

import pytest
from PIL import ImageChops

from tests.printers.golden_papers import ALL, COMMAND, FOLDER, Golden


@pytest.mark.parametrize("golden", ALL, ids=str)
def test_a_paper_is_drawn_dot_for_dot_as_its_golden_picture(golden: Golden) -> None:
    assert golden.path.exists(), f"{golden.path.name} was never drawn; run: {COMMAND}"
    wanted, drawn = golden.kept(), golden.draw()
    remedy = f"if that is meant, run: {COMMAND}, and look at {golden.path}"
    assert drawn.size == wanted.size, f"{golden} has another size; {remedy}"
    differs = ImageChops.logical_xor(drawn, wanted).getbbox()
    assert differs is None, f"{golden} differs within {differs}; {remedy}"


def test_no_golden_picture_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {golden.path.name for golden in ALL}
