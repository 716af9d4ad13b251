import wave
from array import array
from pathlib import Path

import pytest

from kiosk.settings import ASSETS_DIR
from kiosk.voice.call import Clip, Pause, SpeechStyle, call_pieces
from kiosk.voice.clips import (
    LEAD_KEPT_S,
    RATE_HZ,
    SILENCE_SHARE,
    TAIL_KEPT_S,
    ClipFolders,
    ClipFormatError,
    MissingClipError,
    check_clips,
    peak,
    read_clip,
    seconds_of,
    silence,
    trim,
    write_wav,
)
from kiosk.voice.script import SCRIPT
from tests.voice.sounds import make_voice, tone, write_other_form

SHIPPED = ASSETS_DIR / "voice"
VOICES = [SHIPPED / "vi" / "south", SHIPPED / "vi" / "north", SHIPPED / "en" / "british"]


@pytest.mark.parametrize("folder", VOICES, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_a_shipped_voice_says_every_word_and_nothing_else(folder: Path) -> None:
    assert check_clips(folder) == ()


@pytest.mark.parametrize("folder", VOICES, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_no_shipped_clip_is_cut_off_at_full_scale_or_longer_than_a_phrase(folder: Path) -> None:
    for path in folder.glob("*.wav"):
        sound = read_clip(path)
        assert peak(sound) < 30_000, path.name
        assert 0.1 < seconds_of(sound) < 1.6, path.name


def test_the_list_for_recording_names_every_clip_and_its_words() -> None:
    readme = (SHIPPED / "README.md").read_text(encoding="utf-8")
    for clips in SCRIPT.values():
        for clip, text in clips.items():
            assert f"| `{clip}.wav` | {text} |" in readme


def test_the_shipped_sounds_say_where_they_come_from_and_stay_small() -> None:
    assert (SHIPPED / "NOTICE.md").is_file()
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*.wav")) < 3_500_000


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_call_of_the_shipped_voices_is_a_sound_of_a_few_seconds(language: str, tmp_path: Path) -> None:
    folders = ClipFolders()
    pieces = call_pieces("A015", 3, language, SpeechStyle())
    write_wav(tmp_path / "call.wav", folders.say(pieces, language))
    with wave.open(str(tmp_path / "call.wav"), "rb") as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (RATE_HZ, 2, 1)
        assert 3 < file.getnframes() / RATE_HZ < 6
    sound = read_clip(tmp_path / "call.wav")
    assert 10_000 < peak(sound) < 30_000


def test_the_chime_is_gentle_and_short() -> None:
    chime = ClipFolders().chime()
    assert 0.8 < seconds_of(chime) < 1.5
    assert 5_000 < peak(chime) < 20_000


def test_pieces_are_joined_in_order_with_their_pauses(tmp_path: Path) -> None:
    make_voice(tmp_path)
    write_wav(tmp_path / "vi" / "south" / "1.wav", tone(0.1, level=5_000))
    folders = ClipFolders(shipped=tmp_path)
    one, two = folders.sound("vi", "1"), folders.sound("vi", "2")
    assert folders.say((Clip("1"), Pause(0.25), Clip("2")), "vi") == one + silence(0.25) + two


def test_joining_never_adds_two_sounds_up(tmp_path: Path) -> None:
    make_voice(tmp_path)
    folders = ClipFolders(shipped=tmp_path)
    said = folders.say(call_pieces("A2-015", 21, "vi", SpeechStyle()), "vi")
    assert peak(said) == max(peak(folders.sound("vi", clip)) for clip in ("1", "2", "letter-a", "to-counter"))


def test_silence_around_a_clip_is_cut_but_for_a_breath() -> None:
    trimmed = trim(silence(0.5) + tone(0.2) + silence(0.7))
    assert seconds_of(trimmed) == pytest.approx(0.2 + LEAD_KEPT_S + TAIL_KEPT_S, abs=0.002)
    assert peak(trimmed) == peak(tone(0.2))


def test_a_quiet_recording_is_not_taken_for_silence() -> None:
    quiet = silence(0.5) + tone(0.2, level=900) + silence(0.5)
    assert seconds_of(trim(quiet)) == pytest.approx(0.2 + LEAD_KEPT_S + TAIL_KEPT_S, abs=0.002)


def test_faint_noise_around_the_speech_is_cut_too() -> None:
    noise = array("h", [int(10_000 * SILENCE_SHARE) // 2, 0] * RATE_HZ)
    assert seconds_of(trim(noise + tone(0.2) + noise)) == pytest.approx(0.2 + LEAD_KEPT_S + TAIL_KEPT_S, abs=0.002)


def test_the_edges_of_a_clip_start_and_end_at_zero() -> None:
    trimmed = trim(array("h", [8_000] * 2_000))
    assert (trimmed[0], trimmed[-1]) == (0, 0)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tone(0.3))
    assert read_clip(tmp_path / "tone.wav") == tone(0.3)


def test_a_missing_clip_names_the_file(tmp_path: Path) -> None:
    folder = make_voice(tmp_path)
    (folder / "3.wav").unlink()
    with pytest.raises(MissingClipError, match=r"3\.wav"):
        ClipFolders(shipped=tmp_path).sound("vi", "3")


def test_a_missing_chime_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(MissingClipError, match=r"chime\.wav"):
        ClipFolders(shipped=tmp_path).chime()


def test_a_language_without_a_voice_is_named() -> None:
    with pytest.raises(MissingClipError, match="'km'"):
        ClipFolders().sound("km", "1")


def test_a_centres_own_recordings_lie_over_the_shipped_ones_file_by_file(tmp_path: Path) -> None:
    make_voice(tmp_path / "shipped")
    own = tmp_path / "own" / "vi" / "south"
    own.mkdir(parents=True)
    write_wav(own / "3.wav", tone(0.1, level=5_000))
    folders = ClipFolders(own=tmp_path / "own", shipped=tmp_path / "shipped")
    assert folders.path("vi", "3") == own / "3.wav"
    assert folders.path("vi", "4") == tmp_path / "shipped" / "vi" / "south" / "4.wav"
    assert folders.sound("vi", "3") == trim(tone(0.1, level=5_000))


def test_another_voice_can_be_chosen_for_a_language() -> None:
    assert ClipFolders(voices={"vi": "north"}).path("vi", "3") == SHIPPED / "vi" / "north" / "3.wav"


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ({"rate": 44_100}, "44100 Hz, 16 bit, 1 channel"),
        ({"channels": 2}, "22050 Hz, 16 bit, 2 channel"),
        ({"width": 1}, "22050 Hz, 8 bit, 1 channel"),
    ],
)
def test_a_recording_in_another_form_is_refused_with_both_forms(
    form: dict[str, int], found: str, tmp_path: Path
) -> None:
    write_other_form(tmp_path / "3.wav", **form)
    with pytest.raises(ClipFormatError, match=rf"3\.wav has {found}.*it must have 22050 Hz, 16 bit, 1 channel"):
        read_clip(tmp_path / "3.wav")


@pytest.mark.parametrize("content", [b"", b"RIFF", b"ID3 this is an MP3"])
def test_a_file_that_is_no_wav_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "3.wav").write_bytes(content)
    with pytest.raises(ClipFormatError, match=r"3\.wav is not a WAV file"):
        read_clip(tmp_path / "3.wav")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClipFormatError, match=r"3\.wav cannot be read"):
        read_clip(tmp_path / "3.wav")


@pytest.mark.parametrize("seconds", [0, 0.5])
def test_a_silent_recording_is_refused(seconds: float, tmp_path: Path) -> None:
    write_wav(tmp_path / "3.wav", silence(seconds))
    with pytest.raises(ClipFormatError, match=r"3\.wav is silent"):
        read_clip(tmp_path / "3.wav")


def test_a_check_of_a_voice_names_each_file_that_is_wrong(tmp_path: Path) -> None:
    folder = make_voice(tmp_path)
    (folder / "3.wav").unlink()
    write_other_form(folder / "4.wav", rate=8_000)
    write_wav(folder / "letterA.wav", tone(0.1))
    write_wav(folder / "lead-khach-hang.wav", tone(0.1))
    missing, unknown_or_form, other = check_clips(folder)
    assert "3.wav is missing: it says “ba”" in missing
    assert sorted(["4.wav has 8000 Hz" in unknown_or_form, "letterA.wav is never spoken" in other]) == [True, True]


def test_a_check_of_a_centres_own_folder_does_not_ask_for_every_clip(tmp_path: Path) -> None:
    folder = tmp_path / "vi" / "south"
    folder.mkdir(parents=True)
    write_wav(folder / "3.wav", tone(0.1))
    assert check_clips(folder, complete=False) == ()


def test_a_check_names_a_language_nobody_taught_us(tmp_path: Path) -> None:
    (problem,) = check_clips(tmp_path / "km" / "first")
    assert "'km'" in problem
