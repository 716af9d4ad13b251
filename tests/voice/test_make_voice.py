"""The tool that makes the stand-in voices; espeak-ng itself is a developer's program and is not run here."""

import pytest

from kiosk.settings import ASSETS_DIR
from kiosk.voice.clips import DEFAULT_VOICES, FULL_SCALE, peak, read_clip
from kiosk.voice.script import SCRIPT
from tests.voice.sounds import tone
from tools.make_voice import GREATEST_PEAK, RESPELLED, VOICES, chime, levelled


def test_the_shipped_chime_is_the_one_the_tool_makes() -> None:
    made, shipped = chime(), read_clip(ASSETS_DIR / "voice" / "chime.wav")
    assert len(made) == len(shipped)
    # One step of difference is another machine's rounding of sines.
    assert max(abs(a - b) for a, b in zip(made, shipped, strict=True)) <= 1


def test_every_voice_the_tool_makes_is_shipped_and_every_default_is_made() -> None:
    assert {(path.parent.name, path.name) for path in (ASSETS_DIR / "voice").glob("*/*/")} == set(VOICES)
    assert set(DEFAULT_VOICES.items()) <= set(VOICES)


def test_only_words_of_the_script_are_respelled() -> None:
    assert all(text in SCRIPT[language].values() for language, text in RESPELLED)


@pytest.mark.parametrize("level", [700, 10_000, 32_000])
def test_clips_become_equally_loud_and_are_never_cut_off(level: int) -> None:
    loud, quiet = levelled(tone(0.3, level=level)), levelled(tone(0.3, level=10_000))
    assert peak(loud) == pytest.approx(peak(quiet), rel=0.01)
    assert peak(loud) <= GREATEST_PEAK * FULL_SCALE
