"""QR codes on a white plate that keeps its quiet zone, in every theme: a scanner knows no contrast theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.shapes import fill, rounded, stroke

Matrix = Sequence[Sequence[bool]]
QUIET_MODULES = 4  # ISO/IEC 18004; tokens type_paper.qr_quiet_modules
_SIDE_MM = 81.0  # 256 px at 80 dpi, picture 06


def qr_matrix(data: str) -> list[list[bool]]:
    """Return the dark modules of a QR code without quiet zone, error correction M. The library is loaded only here."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


class QrPlate(QWidget):
    """A QR code. Modules are whole pixels, so that a phone reads it from an angle."""

    def __init__(
        self,
        theme: Theme,
        data: str | None = None,
        *,
        matrix: Matrix | None = None,
        mm: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._side = theme.mm(mm) if mm is not None else theme.near(_SIDE_MM)
        self._matrix: Matrix = matrix if matrix is not None else qr_matrix(data) if data else []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_matrix(self, matrix: Matrix) -> None:
        """Show a code made elsewhere: rows of modules, True is dark, no quiet zone."""
        self._matrix = matrix
        self.update()

    def module_px(self) -> int:
        """Return the side of a module in px: the largest that leaves the quiet zone on the plate."""
        count = len(self._matrix) + 2 * QUIET_MODULES
        return max(1, min(self.width(), self.height()) // count)

    def sizeHint(self) -> QSize:
        """Qt: square."""
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: plate, then modules."""
        painter = QPainter(self)
        width = self._theme.stroke("outline")
        rect = QRectF(self.rect())
        radius = self._theme.radius("key")
        fill(painter, rounded(rect, radius), QColor("white"))
        outline = rounded(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius - width / 2)
        stroke(painter, outline, self._theme.color("line"), width)
        if not self._matrix:
            return
        module = self.module_px()
        side = module * len(self._matrix)
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for y, row in enumerate(self._matrix):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, QColor("#12221F"))
