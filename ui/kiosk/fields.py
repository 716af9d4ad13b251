"""Fields: search, what is asked for most, and a doorway for each queue (LOOK 02)."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.catalogue.lists import most_asked, procedures_of_queue
from kiosk.domain.procedure import Procedure
from kiosk.domain.site import Queue
from kiosk.domain.text import pick
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import Purpose
from ui.kiosk import phrases
from ui.kiosk.rows import PagesApart, fill_pages, group_title, row_of, side_by_side
from ui.kiosk.screen import KioskScreen
from ui.kiosk.shown import Shown
from ui.widgets import FieldTile, SearchField, SillButton, TextLabel

MOST_ASKED = {True: 4, False: 3}
"""How many pills: two rows standing; lying they share the row of the search (LOOK 02, 02b)."""

TILE_LINES = 3
"""Lines of a tile's title and note together: then four rows of tiles fit a standing screen (LOOK 02)."""
TILE_MARKS_MM = 54.0
"""What a tile's doorway and its margins take of its width."""

AT_ONCE = "Or touch a field: the number comes at once"


class FieldsScreen(KioskScreen):
    """Asks for the field. Who came for a number has it with the next touch; a pill leads to its procedure."""

    leanest = 1

    def fill(self, body: QVBoxLayout) -> None:
        """Put the question, the search, the pills and the tiles."""
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        for_number = shown.state.purpose is Purpose.NUMBER
        portrait = theme.metrics.portrait
        question = say("What is the number for?") if for_number else say("Which papers do you need?")
        body.addWidget(TextLabel(theme, question, "question", align="center", max_lines=1, smaller="value"))
        self._tiles: dict[str, FieldTile] = {}
        tiles = [self._tile(queue) for queue in shown.site.queues]
        pills = (
            []
            if self.lean
            else [self._pill(p) for p in most_asked(shown.catalogue, MOST_ASKED[portrait]) if shown.queue_of(p)]
        )
        search = self._search()
        field_title = say(AT_ONCE) if for_number else say("Or choose a field")
        columns = self._columns()
        if portrait:
            body.addWidget(search)
            rows = group_title(theme, say("Asked for most"), self._rows(pills, columns))
            rows += group_title(theme, field_title, self._rows(tiles, columns))
        else:
            # Lying, the touch that gives a number is explained beside back: two rows of tiles need the height.
            rows = [row_of(theme, [search, *pills], 1 + len(pills)), *self._rows(tiles, columns)]
        fill_pages(self._pages, rows, self.page_width())
        body.addWidget(self._pages, 1)

    def middle(self) -> QWidget | None:
        """Turn the pages beside back; lying, also say there what a touch on a field does."""
        shown, theme = self.shown, self.shown.theme
        self._pages = PagesApart(shown)
        if theme.metrics.portrait or shown.state.purpose is not Purpose.NUMBER:
            return self._pages.controls
        hint = TextLabel(theme, shown.say(AT_ONCE), "body", color="ink_2", align="right")
        return side_by_side(theme, [self._pages.controls, hint])

    def refresh(self, shown: Shown) -> None:
        """Follow how many wait."""
        super().refresh(shown)
        for queue_id, tile in self._tiles.items():
            queue = shown.site.queue(queue_id)
            if queue is not None:
                tile.setNote(self._note(queue))

    def _columns(self) -> int:
        return 2 if self.lean else self.shown.theme.metrics.columns

    def _rows(self, widgets: Sequence[QWidget], columns: int) -> list[QWidget]:
        theme = self.shown.theme
        return [row_of(theme, widgets[n : n + columns], columns) for n in range(0, len(widgets), columns)]

    def _search(self) -> SearchField:
        say = self.shown.say
        hint = say("birth, land, certified copy…") if self.shown.theme.metrics.portrait else ""
        field = SearchField(self.shown.theme, say("Find by name"), hint)
        field.setObjectName("search")
        field.clicked.connect(lambda: self.tell(e.SearchWanted()))
        return field

    def _pill(self, procedure: Procedure) -> SillButton:
        queue = self.shown.queue_of(procedure)
        letter = queue.id if queue else ""
        pill = SillButton(
            self.shown.theme, self.shown.headline(procedure), kind="pill", chip=letter, queue=letter, align="left"
        )
        pill.setObjectName(f"most_{procedure.key}")
        pill.clicked.connect(lambda: self.tell(e.ProcedureChosen(procedure, letter)))
        return pill

    def _tile(self, queue: Queue) -> FieldTile:
        tile = FieldTile(self.shown.theme, queue.id, pick(queue.name, self.shown.state.language), self._note(queue))
        tile.setObjectName(f"field_{queue.id}")
        tile.clicked.connect(lambda: self.tell(e.FieldChosen(queue.id, self.shown.new_attempt())))
        self._tiles[queue.id] = tile
        return tile

    def _note(self, queue: Queue) -> str:
        """Say how long the line is to who wants a number, and what the field is about to who looks for papers."""
        shown = self.shown
        line = shown.line_of(queue.id)
        if shown.state.purpose is Purpose.NUMBER and line is not None:
            return phrases.waiting_in_words(line, shown.say)
        procedures = procedures_of_queue(shown.catalogue, shown.site, queue.id)
        return phrases.examples(shown, procedures, self._fits_beside(pick(queue.name, shown.state.language)))

    def _fits_beside(self, title: str) -> Callable[[str], bool]:
        """Return whether a note fits a tile under its title, in TILE_LINES lines together."""
        theme = self.shown.theme
        metrics = theme.metrics
        columns = self._columns()
        column = (self.page_width() - (columns - 1) * metrics.gap) // columns
        width = column - theme.mm(TILE_MARKS_MM)
        left = TILE_LINES - TextLabel(theme, title, "row").line_count(width)
        note = TextLabel(theme, "", "caption")

        def fits(text: str) -> bool:
            note.setText(text)
            return note.line_count(width) <= left

        return fits
