"""A theme gives every kind of screen its sizes from the same millimetres."""

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QWidget

from ui.theme import IconMissingError, Metrics, Theme, apply, load_fonts
from ui.theme.types import SCREEN_KINDS

KIOSK = Metrics.from_dpi(80, 1080, 1920)


def test_millimetres_become_pixels_by_the_dpi_of_the_setting() -> None:
    assert [Metrics.from_dpi(dpi, 1, 1).mm(12.7) for dpi in (72, 80, 96, 149)] == [36, 40, 48, 74]


def test_a_length_never_vanishes() -> None:
    assert Metrics.from_dpi(30, 1, 1).mm(0.1) == 1
    assert Metrics.from_dpi(30, 1, 1).mm(0) == 0


def test_margins_follow_the_way_the_screen_stands() -> None:
    assert (KIOSK.portrait, KIOSK.columns, KIOSK.margin) == (True, 2, 48)
    lying = Metrics.from_dpi(80, 1920, 1080)
    assert (lying.portrait, lying.columns, lying.margin) == (False, 4, 64)


def test_type_sizes_are_those_of_the_look() -> None:
    theme = Theme("light", KIOSK)
    assert [theme.type(role).px for role in ("caption", "body", "button", "question", "number")] == [
        26,
        30,
        50,
        63,
        280,
    ]


def test_larger_text_grows_words_fully_questions_partly_and_numbers_not() -> None:
    large = Theme("light", KIOSK, text_step=1.6)
    usual = Theme("light", KIOSK)
    assert large.type("body").px == pytest.approx(usual.type("body").px * 1.6, abs=1)
    assert large.type("question").px == pytest.approx(usual.type("question").px * 1.36, abs=1)
    assert large.type("number").px == usual.type("number").px


def test_a_board_is_sized_by_the_distance_it_is_read_from() -> None:
    board = Theme("light", Metrics(2.02, 1920, 1080), types="board", viewing_m=10)
    sizes = [board.type(role).px for role in ("number", "counter", "call", "waiting", "notice")]
    assert sizes == pytest.approx([340, 190, 136, 68, 34], abs=5)  # tokens type_board.example


def test_a_tablet_is_sized_as_in_its_pictures() -> None:
    tablet = Theme("light", Metrics.from_dpi(149, 1280, 800), types="tablet")
    sizes = [tablet.type(role).px for role in ("caption", "body", "question", "number")]
    assert sizes == pytest.approx([28, 32, 56, 310], abs=1)


def test_a_clerks_window_is_sized_as_in_its_pictures() -> None:
    clerk = Theme("light", Metrics.from_dpi(96, 1366, 768), types="clerk")
    sizes = [clerk.type(role).px for role in ("caption", "body", "button", "number", "bar_number")]
    assert sizes == pytest.approx([15, 17, 17, 104, 42], abs=1)


@pytest.mark.parametrize("kind", SCREEN_KINDS)
@pytest.mark.parametrize("dpi", [51.3, 72, 80, 96, 149])
def test_no_touch_size_falls_below_the_law_of_the_house(kind: str, dpi: float) -> None:
    theme = Theme("light", Metrics.from_dpi(dpi, 1080, 1920), types=kind)
    law = theme.mm(12.7)
    for name in ("key", "pill", "row", "plain", "next", "hero", "square_w", "square_h", "bar"):
        assert theme.touch(name) >= law, name


def test_every_role_exists_on_every_kind_of_screen() -> None:
    roles = ("caption", "body", "label", "row", "value", "button", "question", "welcome", "hero", "number")
    for kind in SCREEN_KINDS:
        theme = Theme("light", KIOSK, types=kind)
        assert all(theme.type(role).px > 0 for role in roles)


def test_contrast_themes_have_wider_outlines_and_queues_without_colour() -> None:
    dark, light = Theme("hc_dark", KIOSK), Theme("light", KIOSK)
    assert dark.contrast
    assert dark.stroke("outline") > light.stroke("outline")
    assert dark.stroke("sill") > light.stroke("sill")
    assert dark.queue("A").color == dark.queue("B").color == dark.color("ink")
    assert light.queue("A").color != light.queue("B").color


def test_an_unknown_queue_is_grey_and_has_an_icon() -> None:
    look = Theme("light", KIOSK).queue("Z")
    assert look.color == Theme("light", KIOSK).color("ink_2")
    assert not Theme("light", KIOSK).icon_in(look.icon, look.color, 24).isNull()


def test_reduced_motion_cuts_every_duration() -> None:
    assert Theme("light", KIOSK).duration("press") == 80
    assert Theme("light", KIOSK, reduced_motion=True).duration("door_rise") == 0


def test_waits_are_those_of_the_look() -> None:
    assert Theme("light", KIOSK).timing("idle_before_warning") == 45
    with pytest.raises(KeyError):
        Theme("light", KIOSK).timing("rule")


@pytest.mark.parametrize("wrong", [{"name": "pink"}, {"types": "fridge"}, {"text_step": 3.0}])
def test_a_name_the_look_does_not_know_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no "):
        Theme("light", KIOSK).with_(**wrong)


def test_both_families_are_loaded_and_used() -> None:
    load_fonts()
    assert {"Be Vietnam Pro", "Noto Sans Khmer"} <= set(QFontDatabase.families())
    for weight in (400, 500, 600, 700, 800):
        info = QFontInfo(Theme("light", KIOSK).font("body", weight))
        assert (info.family(), info.weight()) == ("Be Vietnam Pro", weight)


def test_khmer_gets_heavier_with_its_weight() -> None:
    widths = []
    for weight in (400, 600, 700):
        sheet = QImage(300, 120, QImage.Format.Format_Grayscale8)
        sheet.fill(255)
        painter = QPainter(sheet)
        painter.setFont(Theme("light", KIOSK).font("question", weight))
        painter.drawText(20, 80, "ខ្មែរ")
        painter.end()
        widths.append(255 * 300 * 120 - sum(bytes(sheet.constBits())))
    assert widths == sorted(set(widths))


def test_icons_take_the_colour_of_their_role() -> None:
    theme = Theme("light", KIOSK)
    image = theme.icon("check", "primary", 48).toImage()
    colors = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert colors == {theme.hex("primary")}


def test_a_missing_icon_is_an_error() -> None:
    with pytest.raises(IconMissingError):
        Theme("light", KIOSK).icon("unicorn", "ink", 24)


def test_a_window_is_dressed_with_ground_colours_by_property(qtbot: object) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme = Theme("hc_dark", KIOSK)
    apply(theme, window)
    assert 'QWidget[ground="wall"] { background-color: #000000; }' in window.styleSheet()
    assert window.font().pixelSize() == theme.type("body").px
