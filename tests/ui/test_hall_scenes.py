"""Every screen of the hall fits its window in every language, theme and text size: nothing may push a key outside."""

import pytest

from ui.board.gallery import scenes as board
from ui.counter.gallery import scenes as counter
from ui.gallery import variants
from ui.supervisor.gallery import scenes as supervisor
from ui.tablet.gallery import scenes as tablet
from ui.tray.gallery import scenes as tray

SCENES = [scene for scenes in (board, counter, supervisor, tablet, tray) for scene in scenes()]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.types}-{scene.name}")
def test_a_screen_fits_its_window(qtbot, scene):
    width, height = scene.size
    for name, language, theme, step in variants(scene):
        widget = scene.build(scene.theme(theme, step), language)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        least = widget.minimumSizeHint()

        assert least.width() <= width, name
        assert least.height() <= height, name
        assert (widget.width(), widget.height()) == scene.size, name
        widget.hide()
