import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.domain.procedure import Catalogue
from kiosk.wire.paper_views import PaperFate
from kiosk.wire.views import PrinterTrouble
from tests.ui.hall_fakes import CATALOGUE, NOW, FakeLink, counter_view, ticket
from ui.counter.window import CounterWindow
from ui.theme import Metrics, Theme

pytestmark = pytest.mark.usefixtures("qapp")
KEYS = {name: getattr(Qt.Key, f"Key_{name}") for name in ("F5", "F7", "F8", "F9", "F10", "F11", "F12", "Escape")}


class Clerk:
    """Sits at counter 2: sees the window, presses keys, touches buttons."""

    def __init__(self, qtbot, monkeypatch, **more):
        self.qtbot = qtbot
        self.link = FakeLink()
        self.millis = 1_000_000
        monkeypatch.setattr("ui.counter.window._monotonic_ms", lambda: self.millis)
        theme = Theme("light", Metrics.from_dpi(96, 1024, 640), types="clerk", reduced_motion=True)
        self.window = CounterWindow(theme, self.link, 2, catalogue=CATALOGUE, now_ms=lambda: NOW, **more)
        qtbot.addWidget(self.window)
        self.window.resize(1024, 640)
        self.window.show()

    def sees(self, view, connected=True):
        self.link.show(view, connected)
        self.settle()

    def settle(self):
        self.qtbot.wait(1)
        self.millis += 1_000

    def presses(self, key):
        self.qtbot.keyClick(self.window, KEYS.get(key, key))
        self.settle()

    def types(self, text):
        self.qtbot.keyClicks(self.window, text)
        self.settle()

    def touches(self, name):
        self.qtbot.waitUntil(lambda: self.find(name) is not None)
        self.qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    def find(self, name):
        return next((w for w in self.window.findChildren(QWidget, name) if w.isVisible()), None)

    def text(self, name):
        widget = self.find(name)
        return widget.text() if widget is not None else None

    def all_text(self):
        return " ".join(w.text() for w in self.window.findChildren(QWidget) if w.isVisible() and hasattr(w, "text"))

    @property
    def asked(self):
        return [sent.path for sent in self.link.sent]


@pytest.fixture
def clerk(qtbot, monkeypatch):
    return Clerk(qtbot, monkeypatch)


def test_signing_in_by_touch(clerk):
    clerk.sees(counter_view("closed"))
    clerk.touches("staff_nv02")
    for digit in "0002":
        clerk.touches(f"key_{digit}")
    clerk.touches("wish_open")

    sent = clerk.link.sent[0]
    assert sent.path == "/v1/counters/2/open"
    assert (sent.body["staff"], sent.body["pin"]) == ("nv02", "0002")


def test_signing_in_by_keyboard_alone(clerk):
    clerk.sees(counter_view("closed"))
    clerk.types("2")
    clerk.types("0003")
    clerk.presses(Qt.Key.Key_Backspace)
    clerk.types("2")
    clerk.presses(Qt.Key.Key_Return)

    assert clerk.link.sent[0].body["staff"] == "nv02"
    assert clerk.link.sent[0].body["pin"] == "0002"


def test_enter_after_a_touched_digit_signs_in_instead_of_typing_it_again(clerk):
    clerk.sees(counter_view("closed"))
    clerk.touches("staff_nv01")
    for digit in "0001":
        clerk.touches(f"key_{digit}")
    clerk.presses(Qt.Key.Key_Return)

    assert clerk.link.sent[0].body["pin"] == "0001"


def test_a_wrong_pin_is_said_and_can_be_typed_again(clerk):
    clerk.sees(counter_view("closed"))
    clerk.types("20002")
    clerk.presses(Qt.Key.Key_Return)
    clerk.link.sent[0].answer(403, code="wrong_pin", detail="Mã PIN chưa đúng, mời nhập lại.")
    clerk.settle()
    assert "Mã PIN chưa đúng" in clerk.all_text()

    clerk.types("0002")
    clerk.presses(Qt.Key.Key_Return)
    assert clerk.link.sent[1].body["pin"] == "0002"


def test_the_pin_is_never_shown(clerk):
    clerk.sees(counter_view("closed"))
    clerk.types("2")
    clerk.types("7391")

    assert "7391" not in clerk.all_text()


def test_another_name_can_be_chosen(clerk):
    clerk.sees(counter_view("closed"))
    clerk.touches("staff_nv01")
    clerk.presses("Escape")

    assert clerk.find("staff_nv02") is not None


def test_one_visit_with_one_key(clerk):
    for view, path in (
        (counter_view(), "/v1/counters/2/call"),
        (counter_view(at=ticket("called")), "/v1/tickets/t27/start"),
        (counter_view(at=ticket("serving")), "/v1/tickets/t27/finish"),
    ):
        clerk.sees(view)
        clerk.presses("F9")
        assert clerk.asked[-1] == path
        clerk.link.sent[-1].answer(200)
        clerk.settle()


def test_a_wish_is_meant_for_a_few_seconds_only(clerk):
    clerk.sees(counter_view())
    clerk.presses("F9")

    assert NOW < clerk.link.sent[0].body["not_after"] <= NOW + 10_000


@pytest.mark.parametrize(("key", "path"), [("F10", "recall"), ("F8", "no-show"), ("F5", "start")])
def test_keys_of_a_called_ticket(clerk, key, path):
    clerk.sees(counter_view(at=ticket("called")))
    clerk.presses(key)

    assert clerk.asked == [f"/v1/tickets/t27/{path}"]


@pytest.mark.parametrize("name", ["recall", "no-show", "start"])
def test_touching_does_what_the_key_does(clerk, name):
    clerk.sees(counter_view(at=ticket("called")))
    clerk.touches(f"wish_{name}")

    assert clerk.asked == [f"/v1/tickets/t27/{name}"]


def test_a_key_pressed_again_before_the_answer_is_ignored(clerk):
    clerk.sees(counter_view())
    clerk.presses("F9")
    clerk.presses("F9")
    clerk.presses("F9")

    assert len(clerk.link.sent) == 1


def test_a_refusal_is_one_calm_sentence(clerk):
    clerk.sees(counter_view(upcoming=()))
    clerk.presses("F9")
    clerk.link.sent[0].answer(409, code="nobody_waiting", detail="Chưa có ai chờ quầy này cả.")
    clerk.settle()
    assert "Chưa có ai chờ quầy này cả." in clerk.all_text()

    clerk.sees(counter_view(at=ticket("called")))
    assert "Chưa có ai chờ quầy này cả." not in clerk.all_text()


def test_without_the_hub_the_last_state_stays_and_calling_is_said_to_be_off(clerk):
    clerk.sees(counter_view(at=ticket("called")))
    clerk.sees(counter_view(at=ticket("called")), connected=False)

    assert clerk.text("ticket_number") == "A027"
    assert "không gọi số được" in clerk.all_text()
    clerk.presses("F9")
    clerk.touches("wish_start")
    assert clerk.asked == []

    clerk.sees(counter_view(at=ticket("called")))
    assert "không gọi số được" not in clerk.all_text()


def test_a_wish_without_an_answer_goes_again_under_its_first_id(clerk):
    clerk.sees(counter_view())
    clerk.presses("F9")
    clerk.link.sent[0].answer(0)
    clerk.settle()
    clerk.presses("F9")

    assert clerk.link.sent[1].command_id == clerk.link.sent[0].command_id


def test_the_ticket_shows_its_procedure_and_what_is_missing(clerk):
    clerk.sees(counter_view(at=ticket("called")))

    shown = clerk.all_text()
    assert clerk.text("ticket_number") == "A027"
    assert "Đăng ký khai sinh" in shown
    assert "Hộ tịch" in shown
    assert clerk.text("missing_count") == "Thiếu 1"
    assert clerk.find("paper_1").state == "missing"
    assert clerk.find("paper_0").state == "have"
    assert clerk.find("paper_4") is None, "a remark is not a paper"


def test_nothing_is_said_about_papers_when_the_citizen_ticked_none(clerk):
    clerk.sees(counter_view(at=ticket("called", missing=())))

    assert clerk.find("missing_count") is None
    assert clerk.find("paper_0").state == "note"


def test_a_ticket_without_a_procedure_or_an_unknown_one_shows_its_queue(clerk):
    clerk.sees(counter_view(at=ticket("called", procedure="9.999999", missing=())))

    assert clerk.text("ticket_subject") == "Hộ tịch"


def test_who_comes_next_is_shown(clerk):
    clerk.sees(counter_view())

    assert "A028" in clerk.all_text()
    assert "B032" in clerk.all_text()


def test_a_pause_asks_for_its_reason(clerk):
    clerk.sees(counter_view())
    clerk.presses("F11")
    assert clerk.asked == []

    clerk.types("2")
    assert clerk.link.sent[0].path == "/v1/counters/2/pause"
    assert clerk.link.sent[0].body["reason"] == "meeting"


def test_the_question_about_the_pause_can_be_left(clerk):
    clerk.sees(counter_view())
    clerk.touches("wish_pause")
    assert clerk.find("reason_break") is not None

    clerk.presses("Escape")
    assert clerk.find("reason_break") is None
    assert clerk.find("wish_call") is not None


def test_going_on_after_a_pause_and_leaving(clerk):
    clerk.sees(counter_view("paused"))
    clerk.presses("F9")
    clerk.link.sent[0].answer(200)
    clerk.sees(counter_view())
    clerk.presses("F12")

    assert clerk.asked == ["/v1/counters/2/resume", "/v1/counters/2/close"]


def test_nobody_leaves_while_someone_is_served(clerk):
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.touches("wish_close")
    clerk.presses("F12")

    assert clerk.asked == []


def test_a_key_that_goes_away_gives_the_focus_back_to_the_window(clerk):
    clerk.sees(counter_view())
    clerk.find("wish_call").setFocus(Qt.FocusReason.TabFocusReason)
    clerk.sees(counter_view(at=ticket("called")))

    assert clerk.window.focusWidget() in (None, clerk.window)
    clerk.presses(Qt.Key.Key_Space)
    assert clerk.asked == []


def test_a_window_without_a_catalogue_still_works(qtbot):
    link = FakeLink()
    theme = Theme("light", Metrics.from_dpi(96, 1024, 640), types="clerk", reduced_motion=True)
    window = CounterWindow(theme, link, 2, catalogue=Catalogue("", "", "", ()), language="en", now_ms=lambda: NOW)
    qtbot.addWidget(window)
    window.show()
    link.show(counter_view(at=ticket("called")))
    qtbot.wait(1)

    assert window.findChild(QWidget, "ticket_subject").text() == "Civil status"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("paper_out", "Máy lấy số 2: hết giấy in."),
        ("paper_low", "Máy lấy số 2: giấy in sắp hết."),
        ("unreachable", "Máy lấy số 2: máy in không in được."),
    ],
)
def test_a_kiosk_whose_printer_needs_somebody_is_named(clerk, status, said):
    clerk.sees(counter_view(printers=(PrinterTrouble(status, 2),)))
    assert clerk.text("sentence") == said
    clerk.sees(counter_view())
    assert clerk.find("sentence") is None


def test_the_worst_printer_is_named_first(clerk):
    clerk.sees(counter_view(printers=(PrinterTrouble("paper_low", 1), PrinterTrouble("cover_open", 2))))
    assert clerk.text("sentence") == "Máy lấy số 2: nắp máy in đang mở."


def test_a_paper_is_printed_again_for_who_sits_here_and_the_key_is_free_again_when_it_is_seen(clerk):
    clerk.sees(counter_view(at=ticket("called")))
    assert clerk.find("wish_reprint") is None
    clerk.sees(counter_view(at=ticket("serving")))
    clerk.presses("F10")
    assert (clerk.asked[-1], clerk.link.sent[-1].body["counter"]) == ("/v1/tickets/t27/reprint", 2)
    clerk.link.sent[-1].answer()
    clerk.sees(counter_view(at=ticket("serving", reprint=PaperFate(2))))
    assert clerk.find("wish_reprint").accessibleName() == "In lại phiếu. đang in ở máy 2"
    clerk.touches("wish_reprint")
    assert clerk.asked == ["/v1/tickets/t27/reprint"] * 2
    clerk.sees(counter_view(at=ticket("serving", reprint=PaperFate(2, "refused", "paper_out"))))
    assert clerk.find("wish_reprint").accessibleName() == "In lại phiếu. chưa in được: hết giấy in"
