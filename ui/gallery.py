"""Draws every widget and every screen in every state as PNG, for looking at and for the manual.

Each `ui/<role>/gallery.py` exposes `scenes() -> Iterable[Scene]`; the pictures land in `<out>/<role>/`.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

import ui
from ui.scene import Scene
from ui.theme import apply


def roles() -> list[str]:
    """Return the folders of `ui` that have a gallery, by name."""
    folders = (module.name for module in pkgutil.iter_modules(ui.__path__) if module.ispkg)
    return [folder for folder in folders if importlib.util.find_spec(f"ui.{folder}.gallery") is not None]


def scenes_of(role: str) -> list[Scene]:
    """Return the scenes of one folder of screens."""
    return list(importlib.import_module(f"ui.{role}.gallery").scenes())


def variants(scene: Scene) -> Iterator[tuple[str, str, str, float]]:
    """Yield file name, language, theme and text step of each picture of a scene."""
    for language in scene.languages:
        for theme in scene.themes:
            for step in scene.text_steps:
                enlarged = "" if step == 1.0 else f"-{step:g}"
                yield f"{scene.name}-{language}-{theme}{enlarged}.png", language, theme, step


def draw(scene: Scene, language: str, theme_name: str, text_step: float) -> QImage:
    """Return one picture. The widget is built, shown at its size, drawn and deleted."""
    theme = scene.theme(theme_name, text_step)
    widget = scene.build(theme, language)
    host = QWidget()  # holds the size, whatever the widget would rather have
    host.resize(*scene.size)
    widget.setParent(host)
    widget.setGeometry(host.rect())
    apply(theme, host)
    host.show()
    QCoreApplication.processEvents()
    picture = host.grab().toImage()
    _delete(host)
    return picture


def render_gallery(out: Path, scenes: Iterable[Scene]) -> list[Path]:
    """Draw scenes into a folder and return the files. Raises OSError where a picture cannot be written."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for scene in scenes:
        for name, language, theme, step in variants(scene):
            path = out / name
            if not draw(scene, language, theme, step).save(str(path)):
                raise OSError(f"cannot write {path}")
            written.append(path)
    return written


def main(out: Path, say: Callable[[str], None] = lambda _: None) -> int:
    """Draw everything there is; return 0. Needs a display or QT_QPA_PLATFORM=offscreen.

    Args:
        out: the folder; each role gets one in it.
        say: told after each role how many pictures there are: all of them take a minute or two.
    """
    _app = QApplication.instance() or QApplication([])  # held until the last picture is drawn
    for role in roles():
        written = render_gallery(out / role, scenes_of(role))
        say(f"{len(written):>4} pictures in {out / role}")
    return 0


def _delete(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
