"""What a number is for: the queue's doorway, and beside it the procedure or the field."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.text import pick
from ui.kiosk.shown import Shown
from ui.widgets import QueueToken, TextLabel

LEAN_TOKEN_MM = 25.0


class Subject(QWidget):
    """Doorway, headline and field, side by side in the middle of `width` px; `lean` leaves the field out."""

    def __init__(self, shown: Shown, width: int, *, lean: bool = False) -> None:
        super().__init__()
        theme, state = shown.theme, shown.state
        queue = shown.site.queue(state.queue)
        field = pick(queue.name, state.language) if queue else ""
        title = TextLabel(theme, shown.headline(state.procedure) if state.procedure else field, "value")
        title.setObjectName("subject")
        labels = [title]
        if state.procedure is not None and not lean:
            labels.append(TextLabel(theme, field, "body", color="ink_2"))
        token = QueueToken(theme, state.queue, height=theme.mm(LEAN_TOKEN_MM) if lean else None)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        for label in labels:
            # A label that may wrap has no width of its own; in the middle of a page it needs one.
            room = width - token.sizeHint().width() - theme.space("s4")
            label.setMinimumWidth(min(label.natural_width(), room))
            texts.addWidget(label)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s4"))
        row.addStretch(1)
        row.addWidget(token)
        row.addLayout(texts)
        row.addStretch(1)
