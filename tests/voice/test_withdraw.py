"""A call that was taken back falls silent, before or while it is spoken."""

from pathlib import Path

from kiosk.voice.players import SoundError
from tests.voice.speaking import Hall, Loudspeaker, Traced


def test_a_call_taken_back_before_it_is_spoken_is_not_spoken(hall: Hall, loudspeaker: Loudspeaker) -> None:
    announcer = hall.announcer(loudspeaker)
    for number in ("A015", "A016", "A017"):
        announcer.announce(number, 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    announcer.withdraw("A016", 3)
    announcer.withdraw("A017", 4)
    loudspeaker.end()
    assert loudspeaker.next_number() == "A017"


def test_a_call_taken_back_while_it_is_spoken_falls_silent_and_the_next_is_heard(
    hall: Hall, loudspeaker: Loudspeaker, traced: Traced
) -> None:
    broken_never_asked = Loudspeaker()
    announcer = hall.announcer(loudspeaker, broken_never_asked)
    announcer.announce("A015", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A015"
    announcer.announce("A016", 3, ("vi",), 0)
    announcer.withdraw("A015", 3)
    assert loudspeaker.next_number() == "A016"
    assert broken_never_asked.is_idle
    assert [row["number"] for row in traced() if row["moment"] == "announcement_withdrawn"] == ["A015"]


def test_a_call_taken_back_is_left_to_no_other_player_and_may_be_called_again(
    hall: Hall, loudspeaker: Loudspeaker
) -> None:
    def breaks(path: Path) -> Loudspeaker:
        announcer.withdraw("A015", 3)
        raise SoundError("no sound server")

    announcer = hall.announcer(breaks, loudspeaker)
    announcer.announce("A015", 3, ("vi",), 0)
    announcer.announce("A016", 3, ("vi",), 0)
    assert loudspeaker.next_number() == "A016"
    announcer.announce("A015", 3, ("vi",), 0)
    loudspeaker.end()
    assert loudspeaker.next_number() == "A015"
