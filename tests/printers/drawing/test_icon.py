from xml.etree import ElementTree

import pytest

from printers.drawing.icon import GRID, ICON_DIR, icon, polylines

ICONS = sorted(path.stem for path in ICON_DIR.glob("*.svg"))


@pytest.mark.parametrize("name", ICONS)
def test_every_bundled_icon_can_be_drawn_and_stays_in_its_square(name: str) -> None:
    for element in ElementTree.parse(ICON_DIR / f"{name}.svg").getroot():
        for line in polylines(element.get("d", "")):
            assert all(-0.01 <= x <= GRID + 0.01 and -0.01 <= y <= GRID + 0.01 for x, y in line)
    image = icon(name, 42, 3)
    assert image is not None
    assert image.size == (42, 42)
    assert image.getextrema()[0] < 100


def test_an_arc_runs_around_its_centre() -> None:
    (circle,) = polylines("M6 19a2 2 0 1 0 4 0a2 2 0 1 0 -4 0")
    assert circle[0] == circle[-1] == pytest.approx((6, 19))
    assert all((x - 8) ** 2 + (y - 19) ** 2 == pytest.approx(4) for x, y in circle)


def test_an_icon_that_is_not_there_is_none() -> None:
    assert icon("no-such-icon", 42, 3) is None
    assert icon("", 42, 3) is None


def test_a_path_command_that_is_not_known_is_named() -> None:
    with pytest.raises(ValueError, match="'q'"):
        polylines("M0 0q1 1 2 2")
