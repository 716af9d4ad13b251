"""Every kiosk screen, in every look: all of it fits, and every target can be hit (LOOK, principles 5 and 6)."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kiosk.gallery import scenes
from ui.kiosk.screen import KioskScreen
from ui.scene import Scene
from ui.theme import Metrics, Theme
from ui.widgets import Pages, SillButton, TextLabel

MOST_WORDS = (
    "home",
    "fields-number",
    "search",
    "procedure-longest",
    "procedure-assisted",
    "procedure-printer-not-ready",
    "details-longest",
    "ticket",
)
TIGHTEST = (
    *MOST_WORDS,
    "procedure",
    "scan-late",
    "scan-ahead",
    "scan-expired",
    "scan-unknown",
    "scan-no-ticket",
    "scan-dossier",
    "ticket-no-paper",
    "ticket-uncertain",
    "trouble-unreachable",
    "idle",
    "staff-who",
    "staff-no-hub",
    "staff-pin",
    "staff-menu",
)
"""Scenes where large text, a smaller screen or English first run out of room."""

RARE_MARKS_PX = 3
"""A line keeps room above its letters for Ẳ; a face may lack so much of it where no such letter is said."""


def cases() -> Iterator[tuple[Scene, str, str, float, float]]:
    """Every scene in Vietnamese; the tightest also in English, in the largest text, black, and on a 24-inch screen."""
    for scene in {scene.name: scene for scene in scenes()}.values():
        name = scene.name.rpartition("-")[0]
        yield scene, "vi", "light", 1.0, 80.0
        if name in TIGHTEST:
            yield scene, "en", "light", 1.0, 80.0
            yield scene, "vi", "light", 1.0, 92.0
        if name in (*MOST_WORDS, "ticket-uncertain", "scan-late", "scan-ahead", "scan-expired", "scan-no-ticket"):
            yield scene, "en", "light", 1.6, 80.0
            yield scene, "vi", "hc_dark", 1.6, 80.0


CASES = [pytest.param(*case, id="-".join((case[0].name, *map(str, case[1:])))) for case in cases()]


@pytest.mark.parametrize(("scene", "language", "name", "step", "dpi"), CASES)
def test_all_of_a_screen_fits_and_every_target_can_be_hit(
    qtbot: QtBot, scene: Scene, language: str, name: str, step: float, dpi: float
) -> None:
    theme = Theme(name, Metrics.from_dpi(dpi, *scene.size), text_step=step, reduced_motion=True)
    screen = scene.build(theme, language)
    qtbot.addWidget(screen)
    screen.resize(*scene.size)
    screen.show()
    QApplication.processEvents()
    assert isinstance(screen, KioskScreen)
    _assert_body_fits(screen)
    _assert_words_fit(screen)
    _assert_targets(screen, theme)
    _assert_every_page_is_whole(screen, theme)
    assert screen.findChildren(QAbstractScrollArea) == []


def _assert_body_fits(screen: KioskScreen) -> None:
    layout, room = screen.frame.body, screen.frame.body_size()
    needed = layout.minimumHeightForWidth(room.width()) if layout.hasHeightForWidth() else layout.minimumSize().height()
    assert needed <= room.height(), f"needs {needed} px of {room.height()}"
    assert layout.minimumSize().width() <= room.width()


def _assert_words_fit(screen: QWidget) -> None:
    for label in screen.findChildren(TextLabel):
        if label.isVisible() and label.text():
            assert label.fits(label.width(), label.height()), f"{label.text()!r} in {label.size().toTuple()}"
    for button in screen.findChildren(SillButton):
        if button.isVisible():
            content = button.make_content()
            needs = content.height(button.width()) - 2 * content.pad_y  # the words themselves, without their rim
            assert needs <= button.height() + RARE_MARKS_PX, (
                f"{button.objectName()} needs {needs} px of {button.height()}"
            )


def _assert_targets(screen: QWidget, theme: Theme) -> None:
    targets = [b for b in screen.findChildren(QAbstractButton) if b.isVisible()]
    places = {b: QRect(b.mapTo(screen, b.rect().topLeft()), b.size()) for b in targets}
    for button, place in places.items():
        assert screen.rect().contains(place), f"{button.objectName()} is outside: {place}"
        assert min(place.width(), place.height()) >= theme.touch("min"), f"{button.objectName()} is small: {place}"
    for one, other in combinations(targets, 2):
        assert not places[one].intersects(places[other]), f"{one.objectName()} overlaps {other.objectName()}"


def _assert_every_page_is_whole(screen: QWidget, theme: Theme) -> None:
    """With the key back between them, the hands have less room on a middle page than on the first."""
    for pages in screen.findChildren(Pages):
        for page in range(pages.count):
            pages.go(page)
            QApplication.processEvents()
            for row in pages.rows_shown:
                assert row.geometry().bottom() < pages.height(), f"page {page + 1} is too full"
            _assert_words_fit(screen)
            _assert_targets(screen, theme)
