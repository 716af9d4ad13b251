"""The hall display's states for the gallery, lying and standing."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache

from PySide6.QtWidgets import QWidget

from kiosk.catalogue.site_file import load_site
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.flows.board import Call
from kiosk.i18n import words
from kiosk.settings import ASSETS_DIR
from ui.board.layout import BoardLayout
from ui.scene import Scene
from ui.theme import Theme

WHEN = datetime(2026, 11, 23, 8, 42)
SIZES = {"landscape": (1920, 1080), "portrait": (1080, 1920)}
DPI = 51.3
"""A 43-inch screen (tokens, type_board): read from ten metres."""
VIEWING_M = 10.0
WAITING = {"A": 3, "B": 2, "C": 4, "D": 2, "E": 1, "G": 0, "H": 1, "K": 12}
CALLS = tuple(
    Call(9 - n, 0, number, counter)
    for n, (number, counter) in enumerate(
        (("A027", 2), ("C014", 5), ("B031", 3), ("A026", 1), ("E009", 6), ("H004", 12), ("K011", 4))
    )
)
OFFLINE = Call(10, 0, "A2-015", 12)


@lru_cache(maxsize=1)
def _site() -> Site:
    return load_site(ASSETS_DIR / "site" / "demo.json")


def _builder(newest: Call | None, earlier: tuple[Call, ...], away: bool) -> Callable[[Theme, str], QWidget]:
    def build(theme: Theme, language: str) -> QWidget:
        board = BoardLayout(theme, words(language, "board"), on_painted=lambda number: None)
        board.show_time(WHEN)
        site = _site()
        board.show_hall(pick(site.info.name, language), [(q.id, WAITING[q.id]) for q in site.queues])
        board.show_calls(newest, earlier)
        board.show_away(WHEN.replace(minute=31) if away else None)
        return board

    return build


def scenes() -> Iterable[Scene]:
    """Return all scenes."""
    for orientation, size in SIZES.items():
        for name, newest, earlier, away in (
            ("call", CALLS[0], CALLS[1:], False),
            ("first-call", CALLS[0], (), False),
            ("offline-number", OFFLINE, CALLS, False),
            ("nobody-called", None, CALLS, False),
            ("morning", None, (), False),
            ("no-hub", CALLS[0], CALLS[1:], True),
        ):
            build = _builder(newest, earlier, away)
            themes = ("light", "hc_dark") if name == "call" else ("light",)
            yield Scene(
                f"{name}-{orientation}", build, size, dpi=DPI, types="board", themes=themes, viewing_m=VIEWING_M
            )
