"""The tour's hand: it touches only what a finger could touch, and answers every line."""

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk import log
from ui.driver import Driver


class Hall:
    """A window with a driver, and the pipe a tour would hold."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.button = QPushButton("Lấy số", objectName="issue")
        self.words = QLabel("chưa có số", objectName="number")
        self.edit = QLineEdit(objectName="edit")
        for widget in (self.button, self.words, self.edit):
            layout.addWidget(widget)
        self.window.resize(400, 300)
        self.window.show()
        qtbot.waitExposed(self.window)
        self._read_end, self._write_end = os.pipe()
        self.out = io.StringIO()
        Driver(self.window, self._read_end, self.out).start()

    def ask(self, **request: Any) -> dict[str, Any]:
        before = len(self.out.getvalue().splitlines())
        os.write(self._write_end, (json.dumps(request) + "\n").encode())
        self.qtbot.waitUntil(lambda: len(self.out.getvalue().splitlines()) > before)
        return json.loads(self.out.getvalue().splitlines()[before])

    def close(self) -> None:
        os.close(self._write_end)


@pytest.fixture
def hall(qtbot: QtBot) -> Iterator[Hall]:
    made = Hall(qtbot)
    yield made
    made.close()


def test_a_click_reaches_the_button_through_the_window(hall: Hall) -> None:
    pressed: list[bool] = []
    hall.button.clicked.connect(lambda: pressed.append(True))
    assert hall.ask(do="click", name="issue") == {"do": "click", "name": "issue", "ok": True}
    assert pressed == [True]


@pytest.mark.parametrize("spoil", ["hide", "disable", "cover"])
def test_what_a_finger_cannot_touch_is_not_clicked(hall: Hall, spoil: str) -> None:
    pressed: list[bool] = []
    hall.button.clicked.connect(lambda: pressed.append(True))
    if spoil == "hide":
        hall.button.hide()
    elif spoil == "disable":
        hall.button.setEnabled(False)
    else:
        cover = QLabel("", hall.window, objectName="cover")
        cover.setGeometry(hall.window.rect())
        cover.show()
    answer = hall.ask(do="click", name="issue", timeout_s=0.02)
    assert not answer["ok"]
    assert {"hide": "not visible", "disable": "disabled", "cover": "covered by cover"}[spoil] in answer["error"]
    assert pressed == []


def test_a_click_waits_for_a_target_that_is_still_coming(hall: Hall) -> None:
    pressed: list[bool] = []
    hall.button.clicked.connect(lambda: pressed.append(True))
    hall.button.hide()
    QTimer.singleShot(20, hall.button.show)
    assert hall.ask(do="click", name="issue")["ok"]
    assert pressed == [True]


def test_typing_brings_vietnamese_letters_and_keys_to_the_focus(hall: Hall) -> None:
    hall.edit.setFocus()
    hall.ask(do="type", text="Đặng 9")
    hall.ask(do="key", key="Backspace")
    assert hall.ask(do="text", name="edit")["text"] == "Đặng "


def test_a_key_is_named_as_in_shortcuts(hall: Hall) -> None:
    pressed: list[bool] = []
    QShortcut(QKeySequence("F9"), hall.window, lambda: pressed.append(True))
    assert hall.ask(do="key", key="F9")["ok"]
    assert pressed == [True]
    assert not hall.ask(do="key", key="NoSuchKey")["ok"]


def test_a_wait_answers_when_the_words_are_there(hall: Hall) -> None:
    QTimer.singleShot(20, lambda: hall.words.setText("Số A027"))
    assert hall.ask(do="wait", name="number", text="A027", timeout_s=5)["ok"]


def test_a_wait_answers_when_a_widget_comes_or_goes(hall: Hall) -> None:
    hall.words.hide()
    QTimer.singleShot(20, hall.words.show)
    assert hall.ask(do="wait", name="number", timeout_s=5)["ok"]
    QTimer.singleShot(20, hall.words.hide)
    assert hall.ask(do="wait", name="number", visible=False, timeout_s=5)["ok"]


def test_a_wait_in_vain_says_what_was_there_instead(hall: Hall) -> None:
    answer = hall.ask(do="wait", name="number", text="A027", timeout_s=0.02)
    assert (answer["ok"], answer["shown"]) == (False, ["chưa có số"])


def test_requests_after_a_wait_keep_their_order(hall: Hall) -> None:
    QTimer.singleShot(20, lambda: hall.words.setText("Số A027"))
    os.write(
        hall._write_end, b'{"do":"wait","name":"number","text":"A027"}\n{"do":"text","name":"number"}\n{"do":"names"}\n'
    )
    hall.qtbot.waitUntil(lambda: len(hall.out.getvalue().splitlines()) == 3)
    answers = [json.loads(line) for line in hall.out.getvalue().splitlines()]
    assert [a["do"] for a in answers] == ["wait", "text", "names"]
    assert answers[1]["text"] == "Số A027"
    assert answers[2]["names"] == ["edit", "issue", "number"]


def test_a_grab_is_the_whole_window(hall: Hall, tmp_path: Path) -> None:
    path = tmp_path / "window.png"
    assert hall.ask(do="grab", path=str(path)) == {"do": "grab", "ok": True, "width": 400, "height": 300}
    assert QImage(str(path)).width() == 400


@pytest.mark.parametrize("line", ["not json", "{}", '{"do":"dance"}', '{"do":"click"}', "[]"])
def test_a_bad_line_is_answered_and_the_next_one_carried_out(hall: Hall, line: str) -> None:
    os.write(hall._write_end, f"{line}\n".encode())
    assert not hall.ask(do="text", name="nothing")["ok"]
    hall.qtbot.waitUntil(lambda: len(hall.out.getvalue().splitlines()) == 2)
    assert hall.ask(do="text", name="issue")["text"] == "Lấy số"


def test_every_input_is_traced_when_it_is_delivered(hall: Hall, tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    log.trace_to(path)
    try:
        hall.ask(do="click", name="issue")
        hall.ask(do="key", key="F9")
    finally:
        log.trace_to(None)
    moments = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(m["moment"], m["kind"], m["name"]) for m in moments] == [
        ("input", "click", "issue"),
        ("input", "key", "F9"),
    ]
