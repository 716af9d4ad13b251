"""Millimetres to pixels of one screen. A setting of the real dpi wins: screens often lie about their size."""

from dataclasses import dataclass

from PySide6.QtGui import QScreen

MM_PER_INCH = 25.4
_PORTRAIT_MARGIN_MM = 15.2  # tokens space.s6
_LANDSCAPE_MARGIN_MM = 20.3  # LOOK, "Screens": 64 px at 80 dpi
_COLUMN_GAP_MM = 7.0  # LOOK: 22 px at 80 dpi
_PLAUSIBLE_DPI = (30.0, 400.0)
_FALLBACK_DPI = 96.0


@dataclass(frozen=True)
class Metrics:
    """How big a millimetre is, and how many pixels there are."""

    px_per_mm: float
    width: int
    height: int

    @classmethod
    def from_dpi(cls, dpi: float, width: int, height: int) -> "Metrics":
        """Measure by dots per inch."""
        return cls(dpi / MM_PER_INCH, width, height)

    @classmethod
    def of_screen(cls, screen: QScreen, dpi: float | None = None) -> "Metrics":
        """Measure a screen; without a setting its own claim is taken where it is plausible, else 96 dpi."""
        size = screen.size()
        claimed = dpi or screen.physicalDotsPerInch()
        low, high = _PLAUSIBLE_DPI
        return cls.from_dpi(claimed if low <= claimed <= high else _FALLBACK_DPI, size.width(), size.height())

    def mm(self, millimetres: float) -> int:
        """Return whole pixels for a length in mm; something visible never vanishes."""
        pixels = round(millimetres * self.px_per_mm)
        return pixels if pixels or not millimetres else 1

    @property
    def portrait(self) -> bool:
        """Whether the screen stands."""
        return self.height >= self.width

    @property
    def margin(self) -> int:
        """Page margin in px."""
        return self.mm(_PORTRAIT_MARGIN_MM if self.portrait else _LANDSCAPE_MARGIN_MM)

    @property
    def gap(self) -> int:
        """Gap between columns in px."""
        return self.mm(_COLUMN_GAP_MM)

    @property
    def columns(self) -> int:
        """Two columns standing, four lying (LOOK, "Screens")."""
        return 2 if self.portrait else 4
