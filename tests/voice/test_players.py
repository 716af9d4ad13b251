"""Players are real programs here: small scripts that note what they were given."""

import sys
import threading
from pathlib import Path

import pytest

from kiosk.voice.clips import write_wav
from kiosk.voice.players import (
    SND_ASYNC,
    SND_FILENAME,
    SND_NODEFAULT,
    CommandPlayer,
    SoundError,
    WindowsPlayer,
    system_environment,
    system_players,
)
from tests.voice.sounds import PATIENCE_S, tone, until


def script(code: str) -> CommandPlayer:
    return CommandPlayer([sys.executable, "-c", code])


def test_a_program_gets_the_path_of_the_sound_as_its_last_argument(tmp_path: Path) -> None:
    note = tmp_path / "note"
    player = script(f"import sys, pathlib; pathlib.Path({str(note)!r}).write_text(sys.argv[-1])")
    player(tmp_path / "công dân.wav").wait(PATIENCE_S)
    assert note.read_text(encoding="utf-8") == str(tmp_path / "công dân.wav")


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    playing = script("import sys; sys.exit('Looking for a server\\nConnection refused')")(tmp_path / "call.wav")
    with pytest.raises(SoundError, match=r"^[^\n]*: Connection refused$"):
        playing.wait(PATIENCE_S)


def test_a_program_that_fails_without_a_word_is_told_by_its_code(tmp_path: Path) -> None:
    playing = script("raise SystemExit(3)")(tmp_path / "call.wav")
    with pytest.raises(SoundError, match="ended with 3"):
        playing.wait(PATIENCE_S)


def test_a_program_that_is_not_there_is_an_error_of_sound(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="no-such-player cannot be started"):
        CommandPlayer([str(tmp_path / "no-such-player")])(tmp_path / "call.wav")


def test_a_program_that_never_ends_is_ended(tmp_path: Path) -> None:
    playing = script("import threading; threading.Event().wait()")(tmp_path / "call.wav")
    with pytest.raises(SoundError, match="did not end within 0 s"):
        playing.wait(0.2)


def test_stopping_ends_the_program_and_is_no_error(tmp_path: Path) -> None:
    playing = script("import threading; threading.Event().wait()")(tmp_path / "call.wav")
    waiter = threading.Thread(target=playing.stop)
    waiter.start()
    playing.wait(PATIENCE_S)
    waiter.join()
    playing.stop()


def test_a_program_that_ignores_being_told_to_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.voice.players.TERMINATE_PATIENCE_S", 0.1)
    ready = tmp_path / "ready"
    playing = script(
        "import pathlib, signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(ready)!r}).touch(); threading.Event().wait()"
    )(tmp_path / "call.wav")
    until(ready.exists)
    playing.stop()
    playing.wait(PATIENCE_S)


def test_windows_plays_in_the_background_for_as_long_as_the_sound_lasts(tmp_path: Path) -> None:
    asked: list[tuple[str | None, int]] = []
    path = tmp_path / "call.wav"
    write_wav(path, tone(0.05))
    playing = WindowsPlayer(lambda name, flags: asked.append((name, flags)))(path)
    playing.wait(PATIENCE_S)
    assert asked == [(str(path), SND_FILENAME | SND_ASYNC | SND_NODEFAULT), (None, 0)]


def test_windows_is_silent_when_stopped(tmp_path: Path) -> None:
    asked: list[str | None] = []
    write_wav(tmp_path / "call.wav", tone(60))
    playing = WindowsPlayer(lambda name, _: asked.append(name))(tmp_path / "call.wav")
    playing.stop()
    playing.wait(PATIENCE_S)
    assert asked[-1] is None


def test_windows_without_a_sound_device_is_an_error_of_sound(tmp_path: Path) -> None:
    def refuse(name: str | None, flags: int) -> None:
        raise RuntimeError("Failed to play sound")

    write_wav(tmp_path / "call.wav", tone(0.05))
    with pytest.raises(SoundError, match="Failed to play sound"):
        WindowsPlayer(refuse)(tmp_path / "call.wav")


@pytest.mark.parametrize(
    ("platform", "installed", "taken"),
    [
        ("linux", {"aplay", "paplay", "pw-play"}, ["paplay", "pw-play", "aplay"]),
        ("linux", {"aplay"}, ["aplay"]),
        ("linux", set(), []),
        ("darwin", {"afplay"}, ["afplay"]),
    ],
)
def test_the_system_s_players_are_those_that_are_installed(
    platform: str, installed: set[str], taken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.voice.players.sys.platform", platform)
    monkeypatch.setattr("shutil.which", lambda name: name if name in installed else None)
    players = system_players()
    assert [player.command[0] for player in players if isinstance(player, CommandPlayer)] == taken
    assert len(players) == len(taken)


def test_a_frozen_build_lends_its_libraries_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {"PATH": "/bin", "LD_LIBRARY_PATH": "/app/_internal"}
    assert system_environment(ours) == ours
    assert system_environment(ours | {"LD_LIBRARY_PATH_ORIG": "/opt/lib"}) == {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/opt/lib",
    }
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert system_environment(ours) == {"PATH": "/bin"}
