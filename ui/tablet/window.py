"""The tablet at a counter: it brings views and touches to the flow, shows its screens, seals and sends ballots."""

import base64
import logging
import time
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.flows import tablet as flow
from kiosk.i18n import words
from kiosk.ports import Answered, HubLink
from kiosk.wire.ballots import LEGAL_3, LabelSet, can_seal, seal
from kiosk.wire.views import TabletView
from ui.bridge import Bridge
from ui.tablet import screens
from ui.tablet.look import Look
from ui.theme import Theme, apply
from ui.widgets.focus_ring import let_go

_log = logging.getLogger(__name__)
TICK_MS = 500
LARGER_STEP = 1.2
"""Text step of "larger text" on a tablet; one step, since every screen here must stay one screen."""


class TabletWindow(QWidget):
    """The window of one counter's tablet.

    Args:
        theme: made with `types="tablet"`.
        link: the hub; its callbacks may come from any thread, ballots go as facts.
        counter: the counter's number.
        language: what the tablet reads while nobody is there.
        languages: what the citizen may choose, as (code, name in its own script).
        label_set: the scale that is asked.
        close_s, thanks_s: when the question and the thanks close by themselves, in seconds.
        zone: the centre's time zone; None where the machine's own is right.
    """

    def __init__(
        self,
        theme: Theme,
        link: HubLink,
        counter: int,
        *,
        language: str = "vi",
        languages: tuple[tuple[str, str], ...] = (("vi", "Tiếng Việt"), ("en", "English")),
        label_set: LabelSet = LEGAL_3,
        close_s: float = 30,
        thanks_s: float = 4,
        zone: tzinfo | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._link = link
        self._counter = counter
        self._home_language = language
        self._languages = languages
        self._label_set = label_set
        self._zone = zone
        self._state = flow.State(
            close_ms=int(close_s * 1000), thanks_ms=int(thanks_s * 1000), desk=flow.Desk(language=language)
        )
        self._view: TabletView | None = None
        self._screen: screens.TabletScreen | None = None
        self._shown: Look | None = None
        self._bridge = Bridge(self)
        self.setWindowTitle(words(language, "tablet")("Counter {n}", n=counter))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(lambda: self._go(flow.Ticked(_monotonic_ms())))
        self._timer.start()
        self._show()
        link.follow(self._bridge.in_gui(self._on_view))

    # --- In -------------------------------------------------------------------------------------------------------

    def _on_view(self, view: dict[str, Any], connected: bool) -> None:
        if view:
            self._view = msgspec.convert(view, TabletView)
        self._go(flow.Viewed(_desk_of(self._view, self._home_language), connected, _monotonic_ms()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside any key: someone is still there."""
        self._go(flow.Touched(_monotonic_ms()))
        super().mousePressEvent(event)

    def choose(self, choice: str) -> None:
        """A face was touched."""
        self._go(flow.Chose(choice, _monotonic_ms()))

    def skip(self) -> None:
        """The citizen would rather not say."""
        self._go(flow.Skipped(_monotonic_ms()))

    def choose_language(self, language: str) -> None:
        """A language was touched."""
        self._go(flow.LanguageChosen(language, _monotonic_ms()))

    def touch_option(self, option: str) -> None:
        """A key of the accessibility bar was touched."""
        self._go(flow.OptionTouched(option, _monotonic_ms()))

    # --- Out ------------------------------------------------------------------------------------------------------

    def _go(self, event: flow.Event) -> None:
        self._state, effects = flow.step(self._state, event)
        for effect in effects:
            self._cast(effect)
        self._show()

    def _cast(self, effect: flow.Cast) -> None:
        """Seal the choice and send it as a fact: from here on nobody in the hall can read it (DESIGN §9)."""
        if self._view is None:
            return
        sealed = seal(effect.choice, (), self._view.ballot_key)
        body = {
            "ballot": base64.b64encode(sealed).decode(),
            "label_set": self._label_set.id,
            "channel": "tablet",
            "scope": "visit",
        }
        self._link.send(f"/v1/tickets/{effect.ticket}/rating", body, _note_refusal, fact=True)

    def _show(self) -> None:
        look = self._look()
        if look != self._shown or self._screen is None:
            theme = self._theme_for(look)
            apply(theme, self)
            fresh = screens.build(theme, look, self._label_set, self)
            old, self._screen = self._screen, fresh
            self._shown = look
            self._column.addWidget(fresh)
            fresh.show()  # now: a layout would show it one pass of the event loop later
            if old is not None:
                self._column.removeWidget(old)
                let_go(old)
                old.hide()
                old.deleteLater()
        now = datetime.now(UTC).astimezone(self._zone)
        self._screen.show_clock(f"{now.hour}:{now.minute:02d}")

    def _look(self) -> Look:
        state, view = self._state, self._view
        asked = state.asked
        # Who sits here matters only where it is shown: a rating must not be built again under a finger.
        shows_clerk = view is not None and state.phase in (flow.Phase.IDLE, flow.Phase.SERVING)
        return Look(
            phase=state.phase,
            counter=self._counter,
            language=state.language,
            languages=self._languages,
            options=state.options,
            open=view is not None and (not shows_clerk or view.state == "open"),
            staff_name=view.staff_name if view is not None and shows_clerk else "",
            number=asked.number if asked is not None else state.desk.number,
            sent=state.sent,
            close_s=state.close_ms // 1000,
        )

    def _theme_for(self, look: Look) -> Theme:
        theme = self._theme
        if "contrast" in look.options:
            theme = theme.with_(name="hc_dark")
        if "text_size" in look.options:
            theme = theme.with_(text_step=LARGER_STEP)
        return theme

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening; ballots that wait are the link's."""
        self._timer.stop()
        self._bridge.close()
        super().closeEvent(event)


def _note_refusal(answer: Answered) -> None:
    """A ballot the hub did not take is noted without what it holds or whose it is."""
    if answer.status and not answer.ok:
        _log.warning("The hub did not take a ballot: %s %s", answer.status, answer.body.get("code", ""))


def _desk_of(view: TabletView | None, home_language: str) -> flow.Desk:
    if view is None:
        return flow.Desk(language=home_language)
    return flow.Desk(
        number=view.number,
        serving=view.serving,
        language=view.language if view.number else home_language,
        rating_ticket=view.rating_ticket,
        rating_number=view.rating_number,
        rating_language=view.rating_language,
        can_seal=can_seal(view.ballot_key),
    )


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000
