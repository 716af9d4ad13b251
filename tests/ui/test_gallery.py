"""The gallery draws what the folders of screens offer, each picture at its size."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui.gallery import draw, render_gallery, roles, scenes_of, variants
from ui.scene import Scene
from ui.theme import THEMES, Theme
from ui.widgets import Panel


def make(theme: Theme, language: str) -> QWidget:
    return Panel(theme, "wall")


def test_pictures_are_named_by_scene_language_theme_and_step() -> None:
    scene = Scene("home-portrait", make, languages=("vi",), themes=("light", "hc_dark"), text_steps=(1.0, 1.6))
    assert [name for name, *_ in variants(scene)] == [
        "home-portrait-vi-light.png",
        "home-portrait-vi-light-1.6.png",
        "home-portrait-vi-hc_dark.png",
        "home-portrait-vi-hc_dark-1.6.png",
    ]


def test_a_picture_has_the_size_and_the_theme_of_its_scene(qapp: object, tmp_path: Path) -> None:
    scene = Scene("tiny", make, size=(320, 200), languages=("vi",))
    (path,) = render_gallery(tmp_path / "deep" / "widgets", [scene])
    image = QImage(str(path))
    assert (image.width(), image.height()) == (320, 200)
    assert image.pixelColor(160, 100).name() == scene.theme("light", 1.0).hex("wall")


def test_a_folder_that_cannot_be_written_is_told(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "tiny-vi-light.png").mkdir()
    with pytest.raises(OSError, match="cannot write"):
        render_gallery(tmp_path, [Scene("tiny", make, size=(20, 20), languages=("vi",))])


def test_the_widgets_are_on_show() -> None:
    assert "widgets" in roles()
    names = [scene.name for scene in scenes_of("widgets")]
    assert len(names) == len(set(names)) > 5


@pytest.mark.parametrize("scene", scenes_of("widgets"), ids=lambda scene: scene.name)
def test_every_board_of_widgets_is_drawn_in_every_theme(qapp: object, scene: Scene) -> None:
    pictures = [draw(scene, "vi", theme, scene.text_steps[0]) for theme in THEMES]
    assert all((picture.width(), picture.height()) == scene.size for picture in pictures)
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(THEMES)
