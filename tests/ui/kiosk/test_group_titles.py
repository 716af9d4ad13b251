"""The titles of a procedure's papers: none stands alone at a page's foot, and no page holds only a title."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.i18n import words
from ui.kiosk.gallery import scenes
from ui.kiosk.procedure import NAMES_STAY, TITLES
from ui.scene import Scene
from ui.theme import Metrics, Theme
from ui.theme.tokens import load_tokens
from ui.widgets import Pages, PaperRow, TextLabel

SCENES = {scene.name: scene for scene in scenes() if scene.name.startswith("procedure-")}


@pytest.mark.parametrize("step", load_tokens().text_steps.scale)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_below_or_beside_every_title_stands_a_paper(qtbot: QtBot, scene: Scene, language: str, step: float) -> None:
    theme = Theme("light", Metrics.from_dpi(80.0, *scene.size), text_step=step, reduced_motion=True)
    screen = scene.build(theme, language)
    qtbot.addWidget(screen)
    screen.resize(*scene.size)
    screen.show()
    QApplication.processEvents()
    say, pages = words(language, "kiosk"), screen.findChild(Pages)
    heads = {say(title) for title in (*TITLES.values(), NAMES_STAY)}
    said = set()
    for page in range(pages.count):
        pages.go(page)
        papers = [place(row, pages) for row in seen(pages, PaperRow)]
        titles = {label.text(): place(label, pages) for label in seen(pages, TextLabel) if label.text() in heads}
        assert papers, f"page {page + 1} has no paper"
        for title, where in titles.items():
            assert any(paper.bottom() > where.center().y() for paper in papers), f"{title!r} ends page {page + 1}"
        said |= set(titles)
    kinds = {document.kind for document in screen.shown.state.procedure.documents}
    assert {say(TITLES[kind]) for kind in kinds} <= said


def seen(pages: Pages, kind: type[QWidget]) -> Iterator[QWidget]:
    return (found for found in pages.findChildren(kind) if found.isVisible())


def place(widget: QWidget, pages: Pages) -> QRect:
    return QRect(widget.mapTo(pages, QPoint(0, 0)), widget.size())
