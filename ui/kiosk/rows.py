"""Rows and pages of the kiosk's lists: nothing scrolls, what does not fit turns the page (LOOK, principle 6)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.procedure import Procedure
from ui.kiosk import phrases
from ui.kiosk.shown import Shown
from ui.theme import Theme
from ui.widgets import Pages, SillButton, Span, Text, TextLabel

ROW_BY_TITLE = 4
"""How many times as wide as its group's title a row is, where they stand side by side."""


def row_of(theme: Theme, widgets: Sequence[QWidget], columns: int) -> QWidget:
    """Put widgets side by side in columns of one width; a short row keeps its columns."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.metrics.gap)
    for widget in widgets:
        row.addWidget(widget, 1)
    if len(widgets) < columns:
        row.addStretch(columns - len(widgets))
    return place


def side_by_side(theme: Theme, widgets: Sequence[QWidget]) -> QWidget:
    """Put widgets into one, each as wide as the others; a hidden one takes no room."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.space("s3"))
    for widget in widgets:
        row.addWidget(widget, 1)
    return place


def group_title(
    theme: Theme,
    title: str,
    rows: list[QWidget],
    *,
    above: QWidget | None = None,
    beside: QWidget | None = None,
) -> list[QWidget]:
    """Put a title above the first row of a group: one widget, so that no page ends with a title or holds only one.

    `above` is said before the title, `beside` at its end.
    """
    if not rows:
        return []
    first = QWidget()
    column = QVBoxLayout(first)
    column.setContentsMargins(0, theme.space("s2"), 0, 0)
    column.setSpacing(theme.space("s2"))
    line = QHBoxLayout()
    line.setSpacing(theme.space("s4"))
    line.addWidget(TextLabel(theme, title, "label", color="ink"), 1)
    if beside is not None:
        line.addWidget(beside)
    if above is not None:
        column.addWidget(above)
    column.addLayout(line)
    column.addWidget(rows[0])
    return [first, *rows[1:]]


def title_beside(theme: Theme, title: str, rows: list[QWidget]) -> list[QWidget]:
    """Put a group's title before each of its rows: where the screen is too low for a title above one."""
    made = []
    for row in rows:
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.space("s4"))
        line.addWidget(TextLabel(theme, title, "label", color="ink"), 1)
        line.addWidget(row, ROW_BY_TITLE)
        made.append(place)
    return made


class PagesApart(Pages):
    """Pages whose buttons stand elsewhere, in the row of the hands, where they cost the page no height."""

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.theme, next_text=shown.say("More"), previous_text=shown.say("Previous"))
        self.setObjectName("pages")
        self.layout().removeWidget(self._controls)
        # The row of the hands is as wide and as high on every page: its keys stay where the finger found them.
        for key in (self.previous, self.next):
            policy = key.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            key.setSizePolicy(policy)
        self.controls = side_by_side(shown.theme, [self._controls])
        """The buttons and the place in the list; empty while there is one page."""

    def _split(self, height: int) -> list[list[QWidget]]:
        """Use the whole height, whether or not there are buttons."""
        return super()._split(self.height())


def pages_below(shown: Shown) -> Pages:
    """Make pages with their buttons below them."""
    made = Pages(shown.theme, next_text=shown.say("More"), previous_text=shown.say("Previous"))
    made.setObjectName("pages")
    return made


def fill_pages(pages: Pages, rows: Sequence[QWidget], width: int) -> None:
    """Put rows into pages `width` px wide, which then ask for the height of the tallest row."""
    pages.set_rows(rows)
    tallest = max((row.heightForWidth(width) for row in rows if row.hasHeightForWidth()), default=0)
    controls = 0 if isinstance(pages, PagesApart) else pages.next.sizeHint().height() + pages.layout().spacing()
    pages.setMinimumHeight(tallest + controls)


def procedure_row(
    shown: Shown,
    procedure: Procedure,
    title: Text | None = None,
    *,
    official: Sequence[Span] = (),
    with_facts: bool = True,
    role: str = "row",
) -> SillButton:
    """Make a procedure's row: its queue's letter and its name; below, its official name, time and fee."""
    queue = shown.queue_of(procedure)
    letter = queue.id if queue else ""
    facts = phrases.time_and_fee(shown, procedure) if with_facts else ""
    between = "  ·  " if official and facts else ""
    row = SillButton(
        shown.theme,
        title or shown.headline(procedure),
        note=[*official, Span(between + facts)] if official or facts else None,
        chip=letter,
        queue=letter,
        trail="chevron-right",
        align="left",
        title_role=role,
        title_weight=700,
        note_role="caption",
    )
    row.setObjectName(f"procedure_{procedure.key}")
    return row
