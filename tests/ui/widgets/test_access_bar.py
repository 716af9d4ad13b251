"""The row of sizes, contrast and languages under every screen."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage

from ui.theme import Metrics, Theme
from ui.widgets.access_bar import LanguageButton

GAP_EM = 0.1
"""Least paper between a word and the dash under it, else the dash reads as a stroke of the letter."""


@pytest.mark.parametrize(("types", "dpi"), [("kiosk", 80.0), ("kiosk", 96.0), ("tablet", 149.0)])
def test_the_dash_under_the_language_in_use_touches_no_mark_of_it(
    picture: Callable[..., QImage], types: str, dpi: float
) -> None:
    theme = Theme("light", Metrics.from_dpi(dpi, 1080, 1920), types=types, reduced_motion=True)
    image = picture(LanguageButton(theme, "Tiếng Việt", chosen=True), theme.near(90), theme.near(40))
    inside = range(image.width() // 6, image.width() * 5 // 6)
    paper = image.pixelColor(inside.start, image.height() // 2)
    inked = [any(image.pixelColor(x, y) != paper for x in inside) for y in range(image.height())]
    middle = image.height() // 2
    gap_from = inked.index(False, middle)
    dash_from = inked.index(True, gap_from)
    assert dash_from - gap_from >= GAP_EM * theme.type("label" if types == "tablet" else "caption").px
    assert dash_from < image.height() * 0.85
