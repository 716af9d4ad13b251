import json
import socket
import threading

import pytest

from printers.simulator.receiver import Receiver
from printers.simulator.script import HELP, Script, ScriptError
from printers.simulator.state import ReceiverState

JOB = b"\x1b@\x1dv0\x00\x01\x00\x02\x00\xff\x81\x1dV\x00"


@pytest.fixture
def receiver():
    with Receiver(width_dots=8) as receiver:
        yield receiver


@pytest.mark.parametrize(
    ("line", "states"),
    [
        ("paper out", "paper_out"),
        ("paper low", "paper_low"),
        ("cover open", "cover_open"),
        ("knife stuck", "cutter_jammed"),
        ("head hot", "overheated"),
        ("panel offline", "offline"),
        ("answers off", "mute"),
    ],
)
def test_each_trouble_can_be_caused_and_mended(receiver: Receiver, line: str, states: str) -> None:
    script = Script(receiver)
    assert script.do(line) == "ok"
    assert json.loads(script.do("status"))["states"] == [states]
    mends = {
        "out": "in",
        "low": "in",
        "open": "closed",
        "stuck": "free",
        "hot": "cool",
        "offline": "online",
        "off": "on",
    }
    subject, word = line.split()
    assert script.do(f"{subject} {mends.get(word, 'on')}") == "ok"
    assert receiver.states == frozenset()


def test_troubles_add_up_and_all_can_be_mended_at_once(receiver: Receiver) -> None:
    script = Script(receiver)
    for line in ("paper low", "cover open", "after 10 head hot", "mend"):
        script.do(line)
    with socket.create_connection(("127.0.0.1", receiver.port), 10) as client:
        client.sendall(JOB)
        assert receiver.wait_for_papers(1, 10)
    assert receiver.states == frozenset()


def test_trouble_comes_after_bytes_of_a_job(receiver: Receiver) -> None:
    script = Script(receiver)
    assert script.do("after 3 paper out") == "ok"
    assert receiver.states == frozenset()
    with socket.create_connection(("127.0.0.1", receiver.port), 10) as client:
        client.sendall(JOB)
        assert script.do("wait bytes 5") == "ok"
        assert receiver.states == {ReceiverState.PAPER_OUT}
        script.do("paper in")
        assert script.do("wait papers 1  # the rest of it") == "ok"


def test_line_and_power_are_said_too(receiver: Receiver) -> None:
    script = Script(receiver)
    script.do("line 1200")
    assert receiver.view.bytes_per_s == 1200
    script.do("line stopped")
    assert receiver.view.bytes_per_s == 0
    script.do("line full")
    script.do("power off")
    assert (receiver.view.bytes_per_s, receiver.view.on) == (None, False)
    script.do("power on")
    assert receiver.view.on
    script.do("line cut")
    script.do("knife stuck-at-next-cut")
    script.do("tear")


@pytest.mark.parametrize(
    "line", ["paper", "paper eaten", "after x paper out", "after 3 wait 1", "after 3 paper in", "line -3", "wait"]
)
def test_what_means_nothing_is_refused_with_all_that_can_be_said(receiver: Receiver, line: str) -> None:
    with pytest.raises(ScriptError, match="means nothing here") as refused:
        Script(receiver).do(line)
    assert HELP in str(refused.value)


def test_a_script_goes_on_after_a_wrong_line_and_says_which(receiver: Receiver) -> None:
    said: list[str] = []
    Script(receiver).run(["# morning", "", "papr out", "paper out"], said.append)
    assert said[0].startswith("line 3: 'papr out' means nothing here.")
    assert said[1:] == ["ok"]
    assert receiver.states == {ReceiverState.PAPER_OUT}


def test_a_wait_ends_when_it_is_stopped(receiver: Receiver) -> None:
    script, said = Script(receiver), list[str]()
    thread = threading.Thread(target=script.run, args=(["wait 600", "wait papers 1", "paper out"], said.append))
    thread.start()
    script.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert receiver.states == frozenset()
