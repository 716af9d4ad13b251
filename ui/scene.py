"""One picture of the gallery: what to build, for which screen, in which languages and themes."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from ui.theme import Metrics, Theme

Build = Callable[[Theme, str], QWidget]


@dataclass(frozen=True)
class Scene:
    """A named picture. `build` gets the theme and the language and needs nothing else: no hub, no timer.

    `size` is in px, `dpi` that of the screen it is drawn for; `types` and `viewing_m` are the theme's.
    """

    name: str
    build: Build
    size: tuple[int, int] = (1080, 1920)
    dpi: float = 80.0
    types: str = "kiosk"
    languages: tuple[str, ...] = ("vi", "en")
    themes: tuple[str, ...] = ("light",)
    text_steps: tuple[float, ...] = field(default=(1.0,))
    viewing_m: float = 5.0

    def theme(self, name: str, text_step: float) -> Theme:
        """Return the theme of one variant; motion is cut, so that a picture is the same every time."""
        return Theme(
            name,
            Metrics.from_dpi(self.dpi, *self.size),
            types=self.types,
            text_step=text_step,
            reduced_motion=True,
            viewing_m=self.viewing_m,
        )
