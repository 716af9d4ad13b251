"""Pages turn, rings count, codes can be scanned, calls rise, notices speak."""

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ui.theme import THEMES, Metrics, Theme
from ui.widgets import (
    CallDoor,
    CallRow,
    Chip,
    CountdownRing,
    Face,
    Fact,
    HandSlab,
    Notice,
    NumberLabel,
    Pages,
    QrPlate,
    QueueToken,
    SillButton,
    TextField,
    WaitStrip,
    WallHeader,
    qr_matrix,
)

LEFT = Qt.MouseButton.LeftButton


def make_pages(qtbot: object, theme: Theme, count: int, height: int) -> Pages:
    pages = Pages(theme, next_text="Xem tiếp", previous_text="Trang trước", more=lambda left: f"Xem {left} nữa")
    qtbot.addWidget(pages)
    pages.set_rows([SillButton(theme, f"Việc {number}") for number in range(count)])
    pages.resize(900, height)
    pages.show()
    return pages


def test_what_fits_needs_no_buttons(qtbot: object, theme: Theme) -> None:
    pages = make_pages(qtbot, theme, 3, 900)
    assert pages.count == 1
    assert not pages.next.isVisible()
    assert len(pages.rows_shown) == 3


def test_pages_show_every_row_once_and_whole(qtbot: object, theme: Theme) -> None:
    pages = make_pages(qtbot, theme, 11, 500)
    seen = []
    for page in range(pages.count):
        pages.go(page)
        for row in pages.rows_shown:
            assert row.isVisible()
            assert row.height() >= row.heightForWidth(row.width())
            assert row.geometry().bottom() < pages.next.parentWidget().y()
            seen.append(row.text())
    assert seen == [f"Việc {number}" for number in range(11)]


def test_the_buttons_turn_and_tell_how_much_follows(qtbot: object, theme: Theme) -> None:
    pages = make_pages(qtbot, theme, 8, 500)
    turned: list[tuple[int, int]] = []
    pages.turned.connect(lambda page, count: turned.append((page, count)))
    first = len(pages.rows_shown)
    assert pages.next.text() == f"Xem {8 - first} nữa"
    assert not pages.previous.isVisible()
    qtbot.mouseClick(pages.findChild(SillButton, "page_next"), LEFT)
    assert pages.page == 1
    qtbot.mouseClick(pages.findChild(SillButton, "page_previous"), LEFT)
    assert turned == [(1, pages.count), (0, pages.count)]
    pages.go(99)
    assert pages.page == pages.count - 1
    assert not pages.next.isVisible()


def test_another_height_keeps_the_first_row_in_sight(qtbot: object, theme: Theme) -> None:
    pages = make_pages(qtbot, theme, 9, 500)
    pages.go(1)
    first = pages.rows_shown[0]
    pages.resize(900, 700)
    assert first in pages.rows_shown


def test_other_rows_start_at_the_first_page(qtbot: object, theme: Theme) -> None:
    pages = make_pages(qtbot, theme, 9, 500)
    pages.go(1)
    pages.set_rows([SillButton(theme, "một")])
    assert (pages.page, pages.count) == (0, 1)
    pages.set_rows([])
    assert pages.rows_shown == []


def test_the_ring_counts_down_and_stops_at_nothing(qtbot: object, theme: Theme) -> None:
    ring = CountdownRing(theme, total=20, unit="giây")
    qtbot.addWidget(ring)
    ring.set_remaining(14)
    assert ring.accessibleName() == "14 giây"
    ring.set_remaining(-3)
    assert ring.remaining == 0


def test_a_stroke_that_is_out_is_thinner_as_well_as_paler(theme: Theme, picture: Callable[..., QImage]) -> None:
    full, spent = CountdownRing(theme), CountdownRing(theme)
    spent.set_remaining(0)
    images = [picture(ring) for ring in (full, spent)]
    row = round(images[0].height() * 0.09)
    widths = [
        sum(i.pixel(x, row) != i.pixel(0, 0) for x in range(i.width() // 2 - 15, i.width() // 2 + 15)) for i in images
    ]
    assert widths[1] < widths[0]


@pytest.mark.parametrize("name", THEMES)
def test_a_phone_reads_the_code_in_every_theme(qtbot: object, picture: Callable[..., QImage], name: str) -> None:
    theme = Theme(name, Metrics.from_dpi(80, 1080, 1920))
    address = "https://tthcc.example.gov.vn/t/2ZKQ7M4W9CXR1B5T"
    plate = QrPlate(theme, address)
    image = picture(plate).convertToFormat(QImage.Format.Format_RGB888)
    size, stride = (image.width(), image.height()), image.bytesPerLine()
    photo = Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", stride)
    assert [found.text for found in zxingcpp.read_barcodes(photo)] == [address]


def test_the_quiet_zone_is_kept(qtbot: object, theme: Theme) -> None:
    plate = QrPlate(theme, matrix=qr_matrix("x" * 100), mm=60)
    qtbot.addWidget(plate)
    plate.resize(plate.sizeHint())
    count = len(qr_matrix("x" * 100))
    assert plate.width() - plate.module_px() * count >= 2 * 4 * plate.module_px()


def test_a_slab_rests_under_reduced_motion(qtbot: object, theme: Theme) -> None:
    slab = HandSlab(theme, "Phiếu đang ra", "Mời lấy ở khe bên dưới")
    qtbot.addWidget(slab)
    slab.set_moving(True)
    assert not slab.moving
    lively = HandSlab(theme.with_(reduced_motion=False), "Phiếu đang ra")
    qtbot.addWidget(lively)
    lively.set_moving(True)
    assert lively.moving
    lively.set_moving(False)
    assert not lively.moving


def test_a_slab_is_not_pressable_and_has_no_sill(theme: Theme, picture: Callable[..., QImage]) -> None:
    image = picture(HandSlab(theme, "Phiếu đang ra"), 900)
    assert image.pixelColor(450, image.height() - 2).name() == theme.hex("accent")


def test_a_call_says_number_and_counter(qtbot: object) -> None:
    theme = Theme("light", Metrics(2.02, 1920, 1080), types="board", viewing_m=10)
    door = CallDoor(theme, greeting="Xin mời số", ribs=True)
    qtbot.addWidget(door)
    door.set_call("A027", "Quầy 2")
    assert (door.number, door.counter) == ("A027", "Quầy 2")
    assert door.accessibleName() == "Xin mời số A027 Quầy 2"


def test_a_door_rises_and_comes_to_rest(qtbot: object) -> None:
    theme = Theme("light", Metrics(2.02, 1920, 1080), types="board", viewing_m=10)
    door = CallDoor(theme, greeting="Xin mời số", number="A027", counter="Quầy 2")
    qtbot.addWidget(door)
    door.resize(900, 700)
    door.show()
    still = door.grab().toImage()
    door.rise()
    assert door.grab().toImage() != still
    qtbot.waitUntil(lambda: door.grab().toImage() == still)


def test_a_door_does_not_move_under_reduced_motion(qtbot: object) -> None:
    theme = Theme("light", Metrics(2.02, 1920, 1080), types="board", viewing_m=10, reduced_motion=True)
    door = CallDoor(theme, greeting="Xin mời số", number="A027", counter="Quầy 2", ribs=True)
    qtbot.addWidget(door)
    door.resize(900, 700)
    still = door.grab().toImage()
    door.rise()
    assert door.grab().toImage() == still


@pytest.mark.parametrize("number", ["A027", "A2-015", "K999"])
def test_long_words_stay_inside_the_door(qtbot: object, picture: Callable[..., QImage], number: str) -> None:
    theme = Theme("light", Metrics(2.02, 1920, 1080), types="board", viewing_m=10)
    door = CallDoor(theme, greeting="Xin mời công dân có số thứ tự", number=number, counter="Quầy tiếp nhận 12")
    image = picture(door, 900, 700)
    ink = theme.hex("on_accent")
    for x in (1, 898):
        assert ink not in {image.pixelColor(x, y).name() for y in range(700)}


def test_rows_and_counts_change_in_place(qtbot: object, theme: Theme) -> None:
    row = CallRow(theme, "C014", "5")
    strip = WaitStrip(theme, "Người\nđang chờ", [("A", 3), ("B", 2)])
    for widget in (row, strip):
        qtbot.addWidget(widget)
    row.set_call("A2-015", "12")
    assert (row.number.text(), row.counter.text()) == ("A2-015", "12")
    before = strip.findChildren(NumberLabel)
    strip.set_counts([("A", 4), ("B", 0)])
    assert strip.findChildren(NumberLabel) == before
    assert sorted(label.text() for label in before) == ["0", "4"]
    strip.set_counts([("A", 4), ("B", 0), ("C", 1)])
    assert sorted(label.text() for label in strip.findChildren(NumberLabel) if not label.isHidden())[-1] == "4"


def test_marks_say_their_letter(qtbot: object, theme: Theme) -> None:
    token, chip = QueueToken(theme, "A"), Chip(theme, "B")
    for mark in (token, chip):
        qtbot.addWidget(mark)
    token.set_letter("C")
    assert (token.accessibleName(), token.letter, chip.accessibleName()) == ("C", "C", "B")


def test_a_token_on_paper_has_two_colours_only(theme: Theme, picture: Callable[..., QImage]) -> None:
    image = picture(QueueToken(theme, "A", mode="one_bit", height=254))
    hues = {image.pixelColor(x, y).hslSaturation() for x in range(40, 150, 3) for y in range(40, 250, 3)}
    assert hues == {0}


def test_an_unknown_notice_or_face_is_refused(qapp: object, theme: Theme) -> None:
    with pytest.raises(ValueError, match="shout"):
        Notice(theme, "x", kind="shout")
    with pytest.raises(ValueError, match="neutral"):
        Face(theme, "neutral")


def test_notices_and_facts_can_say_something_else(qtbot: object, theme: Theme) -> None:
    notice = Notice(theme, "Còn thiếu 1")
    fact = Fact(theme, "cash", "Lệ phí", "Miễn phí")
    header = WallHeader(theme, "Trung tâm", "Xã Vàm Đước", clock="8:42")
    for widget in (notice, fact, header):
        qtbot.addWidget(widget)
    notice.setText("Đủ giấy tờ")
    notice.setNote("Mời lấy số")
    fact.setValue("8.000 đồng")
    fact.setLabel("Phí")
    header.setClock("8:43")
    header.setDate("Thứ Hai 23/11")
    header.setTitle("Quầy 2")
    assert notice.text() == "Đủ giấy tờ"
    assert (fact.label.text(), fact.value.text()) == ("Phí", "8.000 đồng")
    assert (header.clock.text(), header.date.text(), header.title.text()) == ("8:43", "Thứ Hai 23/11", "Quầy 2")
    assert header.place.isHidden()


def test_a_scanner_submits_its_code_with_enter(qtbot: object) -> None:
    theme = Theme("light", Metrics.from_dpi(96, 1366, 768), types="clerk")
    field = TextField(theme, "Quét hoặc gõ mã hồ sơ", icon="scan")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.submitted) as signal:
        qtbot.keyClicks(field.edit, " H12.34-260823-0001 ")
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert signal.args == ["H12.34-260823-0001"]
    field.setText("")
    assert field.text() == ""
