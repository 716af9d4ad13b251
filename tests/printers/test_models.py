import socket
from pathlib import Path

import pytest

from printers.models import ask_model, with_vietnamese_letters
from printers.simulator.receiver import Receiver
from printers.simulator.state import ReceiverState
from printers.transport import FileTarget, parse_target


def test_known_epsons_have_vietnamese_letters_and_unknown_printers_have_not() -> None:
    known = with_vietnamese_letters()
    assert {"TM-T20II", "TM-T88V", "TM-L90", "CT-S651", "TM-T20III", "TM-m30III"} <= known
    assert not {"default", "", "POS-5890", "RP326", "Sunmi-V2"} & known


def test_a_printer_is_asked_for_its_name() -> None:
    with Receiver() as receiver:
        transport = parse_target(receiver.address).open(5)
        assert ask_model(transport, 5) == "SIMULATOR"
        receiver.begin(ReceiverState.MUTE)
        assert ask_model(transport, 0.05) == ""
        transport.close()


@pytest.mark.parametrize(
    ("said", "name"), [(b"\x16\x14\x00\x00\x0f_TM-T88V\0", "TM-T88V"), (b"_TM-", ""), (b"\x00\x0f", ""), (b"_\0", "")]
)
def test_only_a_whole_name_counts_whatever_else_is_said(said: bytes, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = parse_target(f"tcp://127.0.0.1:{listener.getsockname()[1]}").open(5)
        printer, _ = listener.accept()
        printer.sendall(said)
        assert ask_model(transport, 0.05) == name
        printer.close()
        transport.close()


def test_a_silent_way_is_not_asked(tmp_path: Path) -> None:
    transport = FileTarget(tmp_path / "paper").open(1)
    assert ask_model(transport, 1) == ""
    transport.close()
    assert (tmp_path / "paper").read_bytes() == b""
