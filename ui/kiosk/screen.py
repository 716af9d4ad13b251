"""What all kiosk screens share: wall, header, back, the accessibility bar, and the way to say what happened."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import CONTRASTS
from ui.kiosk import phrases
from ui.kiosk.shown import Shown
from ui.widgets import AccessBar, DoorFrame, NavRow, WallHeader

OPTION_EVENTS = {"text_size": e.TextSizePressed(), "contrast": e.ContrastPressed()}


class KioskScreen(QWidget):
    """One screen. It shows a `Shown` and tells what the citizen did; the flow decides what comes of it.

    A subclass fills the page in `fill` and, where something changes while it stands, takes it in `refresh`. Where
    large text or a small screen leaves too little room, `fill` is asked again for a leaner page: nothing shrinks, what
    matters less goes (LOOK, principle 6).
    """

    happened = Signal(object)
    """Something for the flow (an event of `kiosk.flows.kiosk_events`)."""

    shape = "low"
    """The door: "high" where something is asked or given, "low" while one is busy inside (LOOK)."""
    has_back = True
    has_nav = True
    """Whether there is a row of the hands: back, and what `middle` returns."""
    leanest = 0
    """How often the page can be asked to be leaner."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self.shown = shown
        self.lean = 0
        """How lean the page is: 0 says everything."""
        self.room = QSize()
        """Size of the page in px."""
        self.setObjectName(f"screen_{shown.state.screen.value}")
        self.header = self._make_header()
        self.nav = self._make_nav()
        self.frame = DoorFrame(
            shown.theme, self.shape, header=self.header, nav=self.nav, bar=self._make_bar(), tray=self.make_tray()
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.resize(shown.theme.metrics.width, shown.theme.metrics.height)
        self._page = self._compose()
        self.frame.body.addWidget(self._page)

    def compose_again(self) -> None:
        """Fill the page anew, for a moment that needs other widgets."""
        self._page.hide()
        self._page.deleteLater()
        self.lean = 0
        self._page = self._compose()
        self.frame.body.addWidget(self._page)
        self._page.show()  # now: the layout would show it one pass of the event loop later, and the sheet would flicker

    def _compose(self) -> QWidget:
        """Return the fullest page that fits."""
        while True:
            if self.nav is not None:
                self.nav.set_middle(self.middle())
            # A hidden widget is not told its size before it is shown; the page has to know its room now.
            QApplication.sendEvent(self.frame, QResizeEvent(self.frame.size(), QSize()))
            self.room = self.frame.body_size()
            page = QWidget()
            body = QVBoxLayout(page)
            body.setContentsMargins(0, 0, 0, 0)
            body.setSpacing(self.shown.theme.space("s3"))
            self.fill(body)
            if self.lean >= self.leanest or height_needed(body, self.room.width()) <= self.room.height():
                return page
            page.deleteLater()
            self.lean += 1

    def fill(self, body: QVBoxLayout) -> None:
        """Put this screen's widgets on the page, as full as `lean` allows and `room` holds."""
        raise NotImplementedError

    def make_tray(self) -> QWidget | None:
        """Return what lies between the sheet and the bar: a keyboard, or nothing."""
        return None

    def middle(self) -> QWidget | None:
        """Return what stands in the nav row beside back: the next step, or nothing."""
        return None

    def refresh(self, shown: Shown) -> None:
        """Take a new moment of the same screen; subclasses redraw what may have changed."""
        self.shown = shown
        self.header.setClock(phrases.clock(shown.site, shown.now_ms))

    def tick(self, seconds_left: int) -> None:
        """Hear how long the running timer still has, once a second; most screens do not care."""

    def page_width(self) -> int:
        """Return the width between the page's margins, in px."""
        metrics = self.shown.theme.metrics
        return metrics.width - 2 * metrics.margin

    def tell(self, event: e.Event) -> None:
        """Say what happened."""
        self.happened.emit(event)

    def _make_header(self) -> WallHeader:
        shown = self.shown
        office, place = phrases.site_name(shown.site, shown.state.language)
        tall = self.shape == "high"
        return WallHeader(
            shown.theme,
            office,
            place,
            clock=phrases.clock(shown.site, shown.now_ms),
            date=phrases.date(shown.site, shown.now_ms, shown.say) if tall else "",
            tall=tall,
        )

    def _make_nav(self) -> NavRow | None:
        if not self.has_nav:
            return None
        nav = NavRow(self.shown.theme, back=self.shown.say("Back") if self.has_back else None)
        nav.back_clicked.connect(self._back)
        return nav

    def _make_bar(self) -> AccessBar:
        state, say = self.shown.state, self.shown.say
        chosen = [
            name
            for name, on in (("text_size", state.text_step > 0), ("contrast", state.contrast != CONTRASTS[0]))
            if on
        ]
        bar = AccessBar(
            self.shown.theme,
            labels={"text_size": say("Text size"), "contrast": say("Contrast")},
            languages=language_choices(self.shown.languages),
            language=state.language,
            chosen=chosen,
        )
        bar.option_clicked.connect(self._option)
        bar.language_clicked.connect(self._language)
        return bar

    @Slot()
    def _back(self) -> None:
        self.tell(e.BackPressed())

    @Slot(str)
    def _option(self, name: str) -> None:
        self.tell(OPTION_EVENTS[name])

    @Slot(str)
    def _language(self, code: str) -> None:
        self.tell(e.LanguageChosen(code))


def language_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Return the languages of the bar, each by its own name."""
    return [(code, phrases.LANGUAGE_NAMES.get(code, code)) for code in codes]


def height_needed(layout: QLayout, width: int) -> int:
    """Return the least height of a layout at a width, in px."""
    return layout.minimumHeightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
