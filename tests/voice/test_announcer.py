"""The announcer runs in its own thread here, with players that hold on until a test lets them go."""

import logging
import queue
import sys
from pathlib import Path

import pytest

from kiosk.ports import Announcer
from kiosk.voice.announcer import SpeakingRules
from kiosk.voice.clips import ClipFolders, peak, read_clip, seconds_of
from kiosk.voice.players import CommandPlayback, CommandPlayer, SoundError
from tests.voice.sounds import PATIENCE_S, until
from tests.voice.speaking import Hall, Loudspeaker, Traced


def test_calls_are_spoken_one_after_another_in_their_order(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer: Announcer = hall.announcer(loudspeaker)
    for number in ("A015", "B007", "A2-016"):
        announcer.announce(number, 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    assert loudspeaker.is_idle
    loudspeaker.end()
    assert loudspeaker.next_number() == "B007"
    loudspeaker.end()
    assert loudspeaker.next_number() == "A2-016"


def test_a_call_is_said_twice_but_once_while_another_waits(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    twice = loudspeaker.next_seconds()
    announcer.announce("A016", 3, ("vi",), 0)
    announcer.announce("A017", 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_seconds() < twice
    loudspeaker.end()
    assert loudspeaker.next_seconds() == twice


def test_how_often_a_call_is_said_is_a_setting(hall: Hall) -> None:
    lengths = []
    for times in (1, 2, 3):
        loudspeaker = Loudspeaker()
        announcer = hall.announcer(loudspeaker, rules=SpeakingRules(times=times))
        announcer.announce("A015", 3, ("vi",), 0)
        lengths.append(loudspeaker.next_seconds())
    assert 0 < lengths[1] - lengths[0] == pytest.approx(lengths[2] - lengths[1])


def test_a_second_language_is_said_after_the_first(hall: Hall) -> None:
    lengths = []
    for languages in (("vi",), ("vi", "en")):
        loudspeaker = Loudspeaker()
        announcer = hall.announcer(loudspeaker)
        announcer.announce("A015", 3, languages, 0)
        lengths.append(loudspeaker.next_seconds())
    assert lengths[1] > 1.5 * lengths[0]


def test_the_same_call_asked_for_twice_while_it_waits_is_one(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    for number in ("B007", "B008", "B007"):
        announcer.announce(number, 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_number() == "B007"
    loudspeaker.end()
    assert loudspeaker.next_number() == "B008"
    loudspeaker.end()
    announcer.announce("B009", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "B009"


def test_a_recall_during_the_call_is_spoken_again(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_number() == "A015"


def test_a_call_that_was_old_when_it_came_is_not_spoken(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 15.5)
    announcer.announce("A016", 3, ("vi",), 14.5)
    assert loudspeaker.next_number() == "A016"


def test_a_call_that_waited_too_long_is_not_spoken(hall: Hall, loudspeaker: Loudspeaker, traced: Traced) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    announcer.announce("A016", 3, ("vi",), 4)
    hall.seconds.now += 12
    announcer.announce("A017", 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_number() == "A017"
    dropped = [fact for fact in traced() if fact["moment"] == "announcement_dropped"]
    assert [(fact["number"], fact["age_s"]) for fact in dropped] == [("A016", 16)]


def test_a_recall_makes_a_waiting_call_young_again(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    announcer.announce("A016", 3, ("vi",), 0)
    hall.seconds.now += 16
    announcer.announce("A016", 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_number() == "A016"


def test_the_start_and_the_end_of_playing_are_traced(hall: Hall, loudspeaker: Loudspeaker, traced: Traced) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.next_file()
    loudspeaker.end()
    until(lambda: len(traced()) == 3)
    assert [fact["moment"] for fact in traced()] == ["announcement_written", "announced", "announcement_ended"]
    assert all((fact["number"], fact["counter"]) == ("A015", 3) for fact in traced())


def test_a_sound_that_was_not_heard_is_traced_as_failed(hall: Hall, loudspeaker: Loudspeaker, traced: Traced) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.next_file()
    loudspeaker.end("no device")
    until(lambda: len(traced()) == 3)
    assert [fact["moment"] for fact in traced()] == ["announcement_written", "announced", "announcement_failed"]


def test_the_sound_of_a_call_can_be_kept(hall: Hall, tmp_path: Path, traced: Traced) -> None:
    announcer = hall.announcer(rules=SpeakingRules(keep_dir=tmp_path / "kept" / "sounds"))
    announcer.announce("A2-015", 3, ("vi",), 0)
    kept = tmp_path / "kept" / "sounds" / "001-A2-015-3.wav"
    until(kept.exists)
    announcer.close()
    assert 9_000 < peak(read_clip(kept)) <= 10_000
    assert [fact["file"] for fact in traced()] == [str(kept)]


def test_a_sound_that_is_not_kept_goes_when_it_was_played(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    first = loudspeaker.next_file()
    assert first.exists()
    loudspeaker.end()
    announcer.announce("A016", 3, ("vi",), 0)
    second = loudspeaker.next_file()
    assert not first.exists()
    announcer.close()
    assert not second.parent.exists()


def test_closing_ends_the_sound_and_forgets_what_waits(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.next_file()
    announcer.announce("A016", 3, ("vi",), 0)
    announcer.close()
    announcer.close()
    announcer.announce("A017", 3, ("vi",), 0)
    assert loudspeaker.is_idle


def test_a_real_player_is_given_the_sound_of_the_call(hall: Hall, tmp_path: Path) -> None:
    heard, done = tmp_path / "heard.wav", tmp_path / "done"
    code = "import pathlib, shutil, sys; shutil.copy(sys.argv[3], sys.argv[1]); pathlib.Path(sys.argv[2]).touch()"
    announcer = hall.announcer(CommandPlayer([sys.executable, "-c", code, str(heard), str(done)]))
    announcer.announce("A015", 3, ("vi",), 0)
    until(done.exists)
    assert 9_000 < peak(read_clip(heard)) <= 10_000


def test_closing_ends_the_process_of_a_real_player(hall: Hall, tmp_path: Path) -> None:
    started: queue.Queue[CommandPlayback] = queue.Queue()
    command = CommandPlayer([sys.executable, "-c", "import threading; threading.Event().wait()"])

    def player(path: Path) -> CommandPlayback:
        playing = command(path)
        started.put(playing)
        return playing

    announcer = hall.announcer(player)
    announcer.announce("A015", 3, ("vi",), 0)
    playing = started.get(timeout=PATIENCE_S)
    assert playing.is_running
    announcer.close()
    assert not playing.is_running


def test_a_player_that_fails_leaves_the_call_to_the_next_one(hall: Hall, loudspeaker: Loudspeaker) -> None:
    asked = []

    def broken(path: Path) -> Loudspeaker:
        asked.append(path)
        raise SoundError("no sound server")

    announcer = hall.announcer(broken, loudspeaker)
    for number in ("A015", "A016"):
        announcer.announce(number, 3, ("vi",), 0)
        assert loudspeaker.next_number() == number
        loudspeaker.end()
    assert len(asked) == 1, "the player that works is asked first from then on"


def test_no_other_player_is_tried_with_a_call_that_has_become_old(hall: Hall, loudspeaker: Loudspeaker) -> None:
    hanging = Loudspeaker()
    announcer = hall.announcer(hanging, loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert hanging.next_number() == "A015"
    hall.seconds.now += 16
    hanging.end("did not end")
    announcer.announce("A016", 3, ("vi",), 0)
    assert hanging.next_number() == "A016"
    assert loudspeaker.is_idle


def test_lost_sound_is_logged_once_and_so_is_its_return(
    hall: Hall, loudspeaker: Loudspeaker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    announcer = hall.announcer(loudspeaker)
    for trouble in ("no device", "no device", "", "", "no device"):
        announcer.announce("A015", 3, ("vi",), 0)
        loudspeaker.next_file()
        loudspeaker.end(trouble)
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.next_file()
    lost = "Calls are not heard: no device. They are shown on the board."
    assert [record.message for record in caplog.records] == [lost, "Calls are heard again.", lost]


def test_without_any_player_the_hall_goes_on(hall: Hall, caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    announcer = hall.announcer(rules=SpeakingRules(keep_dir=tmp_path))
    for ordinal, number in enumerate(("A015", "A016"), start=1):
        announcer.announce(number, 3, ("vi",), 0)
        until((tmp_path / f"{ordinal:03d}-{number}-3.wav").exists)
    announcer.close()
    (message,) = (record.message for record in caplog.records)
    assert message.startswith("Calls are not heard: there is no player")


def test_a_missing_clip_is_named_once_and_the_other_language_is_spoken(
    hall: Hall, loudspeaker: Loudspeaker, caplog: pytest.LogCaptureFixture
) -> None:
    (hall.voice / "vi" / "south" / "3.wav").unlink()
    announcer = hall.announcer(loudspeaker)
    lengths = []
    for counter in (3, 3, 4):
        announcer.announce("A015", counter, ("vi", "en"), 0)
        lengths.append(loudspeaker.next_seconds())
        loudspeaker.end()
    assert lengths[0] == lengths[1] < lengths[2]
    (message,) = (record.message for record in caplog.records)
    assert str(hall.voice / "vi" / "south" / "3.wav") in message


@pytest.mark.parametrize(("number", "languages"), [("A015", ("km",)), ("../A 15", ("vi",)), ("A015", ())])
def test_a_call_that_cannot_be_said_still_sounds_the_chime(
    number: str, languages: tuple[str, ...], hall: Hall, loudspeaker: Loudspeaker
) -> None:
    chime = seconds_of(ClipFolders(shipped=hall.voice).chime())
    announcer = hall.announcer(loudspeaker)
    announcer.announce(number, 3, languages, 0)
    assert chime <= loudspeaker.next_seconds() < chime + 0.5


def test_without_a_chime_the_call_is_spoken(hall: Hall, loudspeaker: Loudspeaker) -> None:
    (hall.voice / "chime.wav").unlink()
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"


def test_without_any_clip_nothing_is_played_and_the_hall_goes_on(
    hall: Hall, loudspeaker: Loudspeaker, caplog: pytest.LogCaptureFixture
) -> None:
    hall.voice = hall.voice / "nowhere"
    announcer = hall.announcer(loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    until(lambda: len(caplog.records) == 2)
    announcer.close()
    assert loudspeaker.is_idle
    assert all("missing" in record.message for record in caplog.records)


def test_a_sound_that_cannot_be_written_is_logged_once(
    hall: Hall, loudspeaker: Loudspeaker, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    announcer = hall.announcer(loudspeaker, rules=SpeakingRules(keep_dir=tmp_path / "file"))
    announcer.announce("A015", 3, ("vi",), 0)
    until(lambda: caplog.records)
    announcer.announce("A016", 3, ("vi",), 0)
    announcer.close()
    (message,) = (record.message for record in caplog.records)
    assert message.startswith("The sound of a call cannot be written")
