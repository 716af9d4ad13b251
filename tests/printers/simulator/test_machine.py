from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printers.simulator.machine import Machine
from printers.simulator.state import STOPPING, ReceiverState

OUT, COVER, CUTTER = ReceiverState.PAPER_OUT, ReceiverState.COVER_OPEN, ReceiverState.CUTTER_JAMMED
BAND = b"\x1dv0\x00\x01\x00\x01\x00"
"""One row of eight dots; the dots follow."""
CUT = b"\x1dV\x00"
JOB = b"\x1b@" + BAND + b"\x01" + BAND + b"\x02" + CUT


def rows(image: Image.Image) -> bytes:
    return bytes(255 - byte for byte in image.tobytes())


def printed(machine: Machine) -> list[bytes]:
    return [rows(paper.image) for paper in machine.take_papers()]


def test_a_roll_changed_in_the_middle_leaves_a_torn_piece_and_the_rest_comes_on_the_new_one() -> None:
    machine = Machine(8)
    machine.later(2 + len(BAND) + 1, lambda: machine.set_states({OUT}))
    machine.take(JOB)
    assert machine.states == {OUT}
    assert machine.held == len(BAND) + 1 + len(CUT)
    assert machine.take_papers() == []
    machine.set_states(())
    torn, rest = machine.take_papers()
    assert (torn.torn, rows(torn.image)) == (True, b"\x01")
    assert (rest.torn, rows(rest.image)) == (False, b"\x02")


def test_a_roll_that_ends_inside_a_band_leaves_the_band_to_the_new_roll() -> None:
    machine = Machine(8)
    machine.later(2 + len(BAND) + 1 + 4, lambda: machine.set_states({OUT}))
    machine.take(JOB)
    machine.set_states(())
    assert printed(machine) == [b"\x01", b"\x02"]
    assert machine.decoder.problems == []


def test_an_opened_cover_stops_it_and_the_receipt_stays_one_piece() -> None:
    machine = Machine(8)
    machine.later(2 + len(BAND) + 1, lambda: machine.set_states({COVER}))
    machine.take(JOB)
    assert printed(machine) == []
    machine.set_states(())
    assert printed(machine) == [b"\x01\x02"]


def test_paper_put_in_while_the_cover_is_open_prints_only_when_it_is_closed() -> None:
    machine = Machine(8)
    machine.set_states({OUT})
    machine.take(JOB)
    machine.set_states({OUT, COVER})
    machine.set_states({COVER})
    assert printed(machine) == []
    machine.set_states(())
    assert printed(machine) == [b"\x01\x02"]


def test_a_knife_that_jams_at_the_cut_leaves_the_receipt_hanging_until_it_is_freed() -> None:
    machine = Machine(8)
    machine.jam_at_next_cut()
    machine.take(JOB + b"\x1dr\x01")
    assert machine.states == {CUTTER}
    assert (machine.take_papers(), machine.take_words()) == ([], b"")
    machine.take(b"\x10\x04\x03")
    assert machine.take_words() == b"\x1a"
    machine.hang_up()
    machine.set_states(())
    assert printed(machine) == [b"\x01\x02"]
    assert machine.take_words() == b"\x00"


def test_switched_off_it_forgets_what_it_held_but_not_what_is_on_the_paper() -> None:
    machine = Machine(8)
    machine.later(2 + len(BAND) + 1, lambda: machine.set_states({OUT}))
    machine.take(JOB)
    machine.switch_off()
    assert machine.held == 0
    machine.set_states(())
    machine.take(JOB)
    assert printed(machine) == [b"\x01", b"\x01\x02"]
    assert machine.decoder.problems == []


def test_power_that_comes_back_finds_the_roll_as_it_was_and_the_head_cool() -> None:
    machine = Machine(8)
    machine.set_states({OUT, ReceiverState.OVERHEATED, ReceiverState.OFFLINE})
    machine.switch_off()
    assert machine.states == {OUT}


def test_status_comes_by_itself_once_asked_for_and_only_of_what_was_asked() -> None:
    machine = Machine(8)
    machine.take(b"\x1da\x08")
    assert machine.take_words() == bytes.fromhex("14 00 00 0f")
    machine.set_states({COVER})
    assert machine.take_words() == b""
    machine.set_states({OUT, COVER})
    assert machine.take_words() == bytes.fromhex("3c 00 0f 0f")
    machine.set_states({OUT, COVER})
    assert machine.take_words() == b""
    machine.hang_up()
    machine.set_states(())
    assert machine.take_words() == b""


def test_status_by_itself_can_be_asked_for_and_given_up() -> None:
    machine = Machine(8)
    machine.take(b"\x1da\xff\x1da\x00")
    assert machine.take_words() == bytes.fromhex("14 00 00 0f")
    machine.set_states({OUT})
    assert machine.take_words() == b""


def test_initialising_ends_what_is_said_unasked() -> None:
    machine = Machine(8)
    machine.take(b"\x1da\xff" + JOB)
    machine.take_words()
    machine.set_states({COVER})
    assert machine.take_words() == b""


def test_a_job_with_a_name_is_called_by_it_when_it_is_on_paper() -> None:
    machine = Machine(8)
    machine.set_states({OUT})
    machine.take(JOB + b"\x1d(H\x06\x0000A027")
    assert machine.take_words() == b""
    machine.set_states(())
    assert printed(machine) == [b"\x01\x02"]
    assert machine.take_words() == b"\x37\x22A027\x00"


def test_it_tells_its_name() -> None:
    machine = Machine(8)
    machine.take(b"\x1dIB\x1dIC\x1dI\x01\x1dI\x09")
    assert machine.take_words() == b"_MOI\x00_SIMULATOR\x00\x02"


def test_mute_it_says_nothing_whatever_it_is_asked() -> None:
    machine = Machine(8)
    machine.set_states({ReceiverState.MUTE})
    machine.take(b"\x10\x04\x01" + JOB + b"\x1dr\x01\x1da\xff\x1dIB\x1d(H\x06\x0000A027")
    assert machine.take_words() == b""
    assert printed(machine) == [b"\x01\x02"]


def test_bytes_after_the_end_of_the_line_never_arrived() -> None:
    machine = Machine(8)

    def cut() -> None:
        machine.deaf = True

    machine.later(4, cut)
    machine.take(b"\x10\x04\x01" + JOB)
    assert machine.take_words() == b"\x16"
    machine.hang_up()
    machine.take(JOB)
    assert printed(machine) == [b"\x01\x02"]
    assert machine.decoder.problems == ["at byte 5: 2 bytes of an unfinished command"]


troubles = st.lists(
    st.frozensets(st.sampled_from([*sorted(STOPPING), ReceiverState.PAPER_LOW]), max_size=3), max_size=8
)


@given(st.lists(st.binary(min_size=1, max_size=6), min_size=1, max_size=6), troubles, st.data())
def test_whatever_happens_meanwhile_no_row_is_lost_doubled_or_out_of_order(
    bands: list[bytes], troubles: list[frozenset[ReceiverState]], data: st.DataObject
) -> None:
    job = b"".join(b"\x1dv0\x00\x01\x00" + bytes((len(band), 0)) + band for band in bands) + CUT
    cuts = sorted(data.draw(st.lists(st.integers(0, len(job)), min_size=len(troubles), max_size=len(troubles))))
    machine, done = Machine(8), 0
    for at, states in zip(cuts, troubles, strict=True):
        machine.take(job[done:at])
        machine.set_states(states)
        done = at
    machine.take(job[done:])
    machine.set_states(())
    papers = machine.take_papers()
    assert b"".join(rows(paper.image) for paper in papers) == b"".join(bands)
    assert machine.held == 0


def test_a_request_is_not_counted_among_the_bytes_of_a_job() -> None:
    machine = Machine(8)
    machine.later(0, lambda: machine.set_states({OUT}))
    machine.take(b"\x10\x04\x01\x10\x04\x04")
    assert machine.take_words() == b"\x16\x12"
    machine.take(JOB[:1] + b"\x10\x04\x04")
    assert machine.take_words() == b"\x7e"
