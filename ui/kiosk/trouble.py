"""When there is no number (yet): a calm sentence, and what to do now."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_state import Trouble, TroubleKind
from ui.kiosk.screen import KioskScreen
from ui.kiosk.subject import Subject
from ui.widgets import SillButton, TextLabel


class TroubleScreen(KioskScreen):
    """Keeps the citizen's choices on the screen and offers one next step."""

    shape = "high"
    has_nav = False
    leanest = 1

    def fill(self, body: QVBoxLayout) -> None:
        """Put what happened, what is kept, and the ways on."""
        shown, theme, say = self.shown, self.shown.theme, self.shown.say
        trouble = shown.state.trouble or Trouble(TroubleKind.BUG)
        title, text, step, name, event = self._words(trouble)
        body.addStretch(1)
        question = TextLabel(theme, title, "welcome", align="center", max_lines=2, smaller="question")
        question.setObjectName("trouble")
        body.addWidget(question)
        body.addSpacing(theme.space("s3"))
        sentence = TextLabel(theme, text, "body", align="center", color="ink_2")
        sentence.setObjectName("trouble_text")
        body.addWidget(sentence)
        body.addSpacing(theme.space("s5"))
        if not self.lean and shown.state.queue and trouble.kind is not TroubleKind.BUG:
            body.addWidget(Subject(shown, self.page_width()))
        body.addStretch(1)
        body.addWidget(self._button(step, name, event, kind="next"))
        if trouble.kind is not TroubleKind.BUG:
            body.addSpacing(theme.space("s3"))
            leave = say("No, thank you") if trouble.kind is TroubleKind.CONFIRM else say("To the first screen")
            body.addWidget(self._button(leave, "go_home", e.HomePressed(), kind="plain"))
        body.addStretch(2)

    def _words(self, trouble: Trouble) -> tuple[str, str, str, str, e.Event]:
        """Return headline, sentence, the next step, its name, and what it does."""
        say = self.shown.say
        if trouble.kind is TroubleKind.UNREACHABLE:
            return (
                say("The hub does not answer yet"),
                say("Your choices are kept. Touch “Try again”: however often you touch it, you get one number."),
                say("Try again"),
                "try_again",
                e.TryAgain(),
            )
        if trouble.kind is TroubleKind.REFUSED:
            return (
                say("No number this time"),
                trouble.sentence or say("Please choose again, or ask at the desk."),
                say("Choose again"),
                "choose_again",
                e.BackPressed(),
            )
        if trouble.kind is TroubleKind.CONFIRM:
            return (
                say("One more number?"),
                trouble.sentence or say("A number was taken here just now. Do you want another one?"),
                say("Yes, one more number"),
                "another",
                e.AnotherWanted(),
            )
        if trouble.kind is TroubleKind.FULL:
            return (
                say("Today is full"),
                trouble.sentence or say("You can have a number for the first hour of the next working day."),
                say("Take the first hour"),
                "take_promise",
                e.PromiseWanted(),
            )
        return (
            say("Something went wrong here"),
            say("It was noted. Please start again, or ask at the desk."),
            say("Start again"),
            "start_again",
            e.HomePressed(),
        )

    def _button(self, title: str, name: str, event: e.Event, kind: str) -> SillButton:
        button = SillButton(self.shown.theme, title, kind=kind)
        button.setObjectName(name)
        button.clicked.connect(lambda: self.tell(event))
        return button
