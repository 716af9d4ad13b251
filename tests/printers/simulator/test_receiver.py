import logging
import socket

import pytest
from PIL import Image

from printers.simulator.receiver import Receiver, ReceiverView
from printers.simulator.state import ReceiverState

JOB = b"\x1b@\x1dv0\x00\x01\x00\x02\x00\xff\x81\x1dV\x00"
STATUS = {
    ReceiverState.READY: "16 12 12 12",
    ReceiverState.PAPER_LOW: "16 12 12 1e",
    ReceiverState.PAPER_OUT: "1e 32 12 7e",
    ReceiverState.COVER_OPEN: "1e 16 12 12",
    ReceiverState.OFFLINE: "1e 12 12 12",
    ReceiverState.CUTTER_JAMMED: "1e 52 1a 12",
    ReceiverState.OVERHEATED: "1e 52 52 12",
}


def ask(client: socket.socket) -> bytes:
    client.sendall(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    answer = b""
    while len(answer) < 4:
        answer += client.recv(4)
    return answer


def connect(receiver: Receiver) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", receiver.port), 10)
    client.settimeout(10)
    return client


@pytest.mark.parametrize("state", STATUS)
def test_it_answers_as_an_epson_in_that_state(state: ReceiverState) -> None:
    with Receiver() as receiver, connect(receiver) as client:
        receiver.set_state(state)
        assert receiver.states == {state} - {ReceiverState.READY}
        assert ask(client) == bytes.fromhex(STATUS[state])


def test_paper_comes_out_to_whoever_takes_it_and_is_kept_with_its_bytes() -> None:
    taken: list[Image.Image] = []
    with Receiver(width_dots=8, on_paper=taken.append) as receiver:
        with connect(receiver) as client:
            client.sendall(JOB[:7])
            client.sendall(JOB[7:] + JOB)
        assert receiver.wait_for_papers(2, 10)
        assert receiver.raw == JOB + JOB
        assert [paper.image.size for paper in receiver.papers] == [(8, 2), (8, 2)]
        assert receiver.problems == []
    assert [image.tobytes() for image in taken] == [b"\x00\x7e", b"\x00\x7e"]


@pytest.mark.parametrize("state", [ReceiverState.PAPER_OUT, ReceiverState.COVER_OPEN, ReceiverState.OFFLINE])
def test_what_cannot_be_printed_is_held_and_printed_later(state: ReceiverState) -> None:
    with Receiver(width_dots=8) as receiver:
        receiver.set_state(state)
        with connect(receiver) as client:
            client.sendall(JOB)
            assert ask(client) == bytes.fromhex(STATUS[state])
        assert receiver.papers == []
        receiver.set_state(ReceiverState.READY)
        assert len(receiver.papers) == 1
        receiver.set_state(ReceiverState.READY)
        assert len(receiver.papers) == 1


def test_a_mute_printer_prints_and_says_nothing() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as client:
        receiver.set_state(ReceiverState.MUTE)
        client.sendall(b"\x10\x04\x01" + JOB + b"\x1dr\x01")
        assert receiver.wait_for_papers(1, 10)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(16) == b""


def test_requests_are_answered_even_inside_a_picture_and_across_portions() -> None:
    with Receiver(width_dots=24) as receiver, connect(receiver) as client:
        client.sendall(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04")
        client.sendall(b"\x04\x1dV\x00")
        assert client.recv(1) == b"\x12"
        assert receiver.wait_for_papers(1, 10)


def test_finished_is_said_when_reached_not_when_received() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as client:
        receiver.set_state(ReceiverState.PAPER_OUT)
        client.sendall(JOB + b"\x1dr\x01")
        assert ask(client) == bytes.fromhex("1e 32 12 7e")
        receiver.set_state(ReceiverState.PAPER_LOW)
        client.sendall(b"\x1b@")
        assert client.recv(1) == b"\x03"


def test_paper_can_end_between_the_question_and_the_job() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as client:
        receiver.run_out_with_next_job()
        assert ask(client) == bytes.fromhex("16 12 12 12")
        client.sendall(JOB)
        assert ask(client) == bytes.fromhex("1e 32 12 7e")
        assert receiver.papers == []


def test_clients_are_served_one_after_the_other() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as first:
        assert ask(first)
        with connect(receiver) as second:
            second.sendall(b"\x10\x04\x01")
            first.sendall(JOB)
            first.close()
            assert second.recv(1) == b"\x16"
        assert len(receiver.papers) == 1


def test_half_a_command_dies_with_its_connection() -> None:
    with Receiver(width_dots=8) as receiver:
        with connect(receiver) as client:
            client.sendall(JOB[:-4])
        with connect(receiver) as client:
            client.sendall(JOB)
        assert receiver.wait_for_papers(1, 10)
        assert len(receiver.problems) == 1
        assert "unfinished" in receiver.problems[0]


def test_uncut_paper_can_be_torn_off() -> None:
    with Receiver(width_dots=8) as receiver:
        with connect(receiver) as client:
            client.sendall(JOB[:-3])
            ask(client)
        assert receiver.papers == []
        receiver.tear_off()
        receiver.tear_off()
        assert len(receiver.papers) == 1


def test_whoever_takes_the_paper_may_change_the_state_or_fail(caplog: pytest.LogCaptureFixture) -> None:
    def take(_image: Image.Image) -> None:
        receiver.set_state(ReceiverState.PAPER_OUT)
        raise RuntimeError("dropped it")

    with Receiver(width_dots=8, on_paper=take) as receiver, connect(receiver) as client:
        with caplog.at_level(logging.ERROR):
            client.sendall(JOB)
            assert receiver.wait_for_papers(1, 10)
            while ask(client) != bytes.fromhex("1e 32 12 7e"):
                pass
        assert "dropped it" in caplog.text


def test_it_closes_while_a_client_is_there_and_frees_its_port() -> None:
    receiver = Receiver()
    with connect(receiver) as client:
        assert ask(client)
        receiver.close()
        receiver.close()
        assert client.recv(1) == b""
    with Receiver(receiver.port) as again:
        assert again.address == f"tcp://127.0.0.1:{receiver.port}"


def test_waiting_for_paper_ends() -> None:
    with Receiver() as receiver:
        assert not receiver.wait_for_papers(1, 0.01)


def is_cut(client: socket.socket) -> bool:
    """Whether the line breaks rather than ends, once what was said before has been read."""
    try:
        while client.recv(64):
            pass
    except ConnectionResetError:
        return True
    return False


def test_the_line_can_be_cut_in_the_middle_of_a_job_and_the_printer_keeps_what_it_has() -> None:
    with Receiver(width_dots=8) as receiver:
        receiver.begin(ReceiverState.PAPER_OUT)
        receiver.cut_line(after_bytes=len(JOB))
        with connect(receiver) as client:
            client.sendall(JOB + JOB)
            assert is_cut(client)
        assert receiver.view.held == len(JOB)
        receiver.end(ReceiverState.PAPER_OUT)
        assert receiver.paper_count == 1
        with connect(receiver) as client:
            client.sendall(JOB)
            assert receiver.wait_for_papers(2, 10)


def test_the_line_can_be_cut_while_nothing_is_said() -> None:
    with Receiver() as receiver, connect(receiver) as client:
        assert ask(client)
        receiver.cut_line()
        assert is_cut(client)


def test_switched_off_nobody_answers_and_what_it_held_is_lost() -> None:
    with Receiver(width_dots=8) as receiver:
        receiver.begin(ReceiverState.PAPER_OUT)
        with connect(receiver) as client:
            client.sendall(JOB)
            assert ask(client)
            receiver.switch_off()
            assert is_cut(client)
        assert not receiver.view.on
        with pytest.raises(ConnectionRefusedError):
            connect(receiver)
        receiver.switch_on()
        receiver.switch_on()
        receiver.end(ReceiverState.PAPER_OUT)
        with connect(receiver) as client:
            client.sendall(JOB)
            assert receiver.wait_for_papers(1, 10)
            assert ask(client)
        assert receiver.paper_count == 1


def test_it_can_lose_power_in_the_middle_of_a_job() -> None:
    with Receiver(width_dots=8) as receiver:
        receiver.switch_off(after_bytes=5)
        with connect(receiver) as client:
            client.sendall(JOB)
            assert is_cut(client)
        receiver.switch_on()
        with connect(receiver) as client:
            client.sendall(JOB)
            assert receiver.wait_for_papers(1, 10)
        assert receiver.problems == []


def test_a_slow_line_brings_everything_and_a_line_that_stands_brings_nothing() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as client:
        receiver.slow_down(0)
        client.sendall(JOB * 500)
        assert not receiver.wait_for_bytes(1, 0.05)
        receiver.slow_down(100)
        assert receiver.wait_for_bytes(5, 10)
        assert len(receiver.raw) < len(JOB) * 500
        receiver.slow_down(None)
        assert receiver.wait_for_papers(500, 10)
        assert receiver.raw == JOB * 500


def test_a_full_buffer_takes_no_more_until_there_is_paper() -> None:
    with Receiver(width_dots=8, buffer_bytes=10) as receiver, connect(receiver) as client:
        receiver.begin(ReceiverState.PAPER_OUT)
        client.sendall(JOB)
        assert receiver.wait_for_bytes(len(JOB), 10)
        client.sendall(JOB)
        assert not receiver.wait_for_bytes(len(JOB) + 1, 0.05)
        receiver.end(ReceiverState.PAPER_OUT)
        assert receiver.wait_for_papers(2, 10)


def test_whoever_looks_sees_every_change() -> None:
    seen: list[ReceiverView] = []
    with Receiver(width_dots=8, on_change=seen.append) as receiver:
        receiver.begin(ReceiverState.PAPER_OUT)
        receiver.begin(ReceiverState.COVER_OPEN)
        receiver.slow_down(50)
        receiver.switch_off()
    out = frozenset((ReceiverState.PAPER_OUT,))
    both = out | {ReceiverState.COVER_OPEN}
    assert seen == [
        ReceiverView(out, 0, None, True),
        ReceiverView(both, 0, None, True),
        ReceiverView(both, 0, 50, True),
        ReceiverView(both, 0, 50, False),
    ]


def test_status_comes_by_itself_to_whoever_is_connected() -> None:
    with Receiver() as receiver, connect(receiver) as client:
        client.sendall(b"\x1da\xff")
        assert client.recv(16) == bytes.fromhex("14 00 00 0f")
        receiver.begin(ReceiverState.CUTTER_JAMMED)
        assert client.recv(16) == bytes.fromhex("1c 08 00 0f")


def test_a_knife_that_jams_at_the_cut_is_told_and_freed() -> None:
    with Receiver(width_dots=8) as receiver, connect(receiver) as client:
        receiver.jam_at_next_cut()
        client.sendall(JOB)
        while ask(client) != bytes.fromhex("1e 52 1a 12"):
            pass
        receiver.end(ReceiverState.CUTTER_JAMMED)
        assert receiver.paper_count == 1
