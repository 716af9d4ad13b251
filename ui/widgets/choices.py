"""A question that one digit answers."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import Theme
from ui.widgets.sill_button import SillButton

IN_ROW = 2


class Choices(QWidget):
    """The answers, each with its digit, and the way back.

    Args:
        theme: of the window.
        name: begins the answers' names.
        answers: what each means, and its words.
        back: words of the way back.
        on_pick: told what is picked.
        on_back: told when the question is left.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        answers: Sequence[tuple[str, str]],
        *,
        back: str,
        on_pick: Callable[[str], None],
        on_back: Callable[[], None],
    ) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.mm(4))
        height = theme.mm(17)
        for place, (value, title) in enumerate(answers):
            button = SillButton(theme, title, key=str(place + 1), align="left", title_role="row", height=height)
            button.setObjectName(f"{name}_{value}")
            button.clicked.connect(lambda _=False, picked=value: on_pick(picked))
            grid.addWidget(button, place // IN_ROW, place % IN_ROW)
        leave = SillButton(theme, back, icon="arrow-back-up", key="Esc", align="left", height=height)
        leave.setObjectName(f"{name}_back")
        leave.clicked.connect(lambda: on_back())
        last = len(answers)
        grid.addWidget(leave, last // IN_ROW, last % IN_ROW)
        grid.setRowStretch(last, 1)
