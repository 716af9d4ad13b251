"""The look's numbers are the ones it promises."""

import msgspec
import pytest

from ui.theme.tokens import TOKENS_FILE, load_tokens


def luminance(color: str) -> float:
    """WCAG 2.2 relative luminance of "#rrggbb"."""
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "hc_dark", "hc_light"])
def test_every_promised_contrast_is_kept(theme: str) -> None:
    tokens = load_tokens()
    too_low = [
        (pair.fg, pair.bg, round(contrast(tokens.role_hex(theme, pair.fg), tokens.role_hex(theme, pair.bg)), 2))
        for pair in tokens.themes[theme].contrast
        if contrast(tokens.role_hex(theme, pair.fg), tokens.role_hex(theme, pair.bg)) < pair.need
    ]
    assert too_low == []


def test_white_letters_and_icons_are_legible_on_every_queue_colour() -> None:
    for letter, queue in load_tokens().queues.items():
        assert contrast("#ffffff", queue.hex) >= 4.5, letter


def test_every_role_of_the_light_theme_has_a_colour_in_the_contrast_themes() -> None:
    tokens = load_tokens()
    for theme in ("hc_dark", "hc_light"):
        for role in tokens.themes["light"].roles:
            assert tokens.role_hex(theme, role).startswith("#"), (theme, role)


def test_letters_that_are_no_vietnamese_letter_or_look_like_digits_mark_no_queue() -> None:
    assert not set(load_tokens().queues) & set("FIO")


def test_a_square_has_two_sides_and_an_unknown_size_is_an_error() -> None:
    tokens = load_tokens()
    assert (tokens.touch_mm("square_w"), tokens.touch_mm("square_h")) == (47.6, 44.4)
    with pytest.raises(KeyError):
        tokens.touch_mm("tablet_min_px")


def test_the_bundled_icons_are_all_there() -> None:
    used = msgspec.json.decode(TOKENS_FILE.read_bytes())["icons"]["used"]
    icons = TOKENS_FILE.parent.parent / "icons" / "tabler"
    assert [name for name in used if not (icons / f"{name}.svg").is_file()] == []
    assert (icons / "LICENSE").is_file()
