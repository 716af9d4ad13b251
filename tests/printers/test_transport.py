import socket
from pathlib import Path

import pytest

from printers.transport import FileTransport, PrinterSetupError, Target, TcpTransport, parse_target


def test_settings_name_a_network_printer_or_a_file() -> None:
    assert parse_target("tcp://192.168.1.50:9101") == Target("192.168.1.50", 9101)
    assert parse_target("tcp://printer.local") == Target("printer.local", 9100)
    assert parse_target("tcp://[fe80::1]:9100/") == Target("fe80::1", 9100)
    assert parse_target("file:///dev/usb/lp0") == Target(path=Path("/dev/usb/lp0"))
    assert parse_target("file:///tmp/gi%E1%BA%A5y%20in") == Target(path=Path("/tmp/giấy in"))


@pytest.mark.parametrize(
    "target",
    [
        "printer",
        "tcp://",
        "tcp://host:port",
        "tcp://host:99999",
        "tcp://host/path",
        "file://relative",
        "file:///",
        "usb://1",
        f"tcp://{'x' * 70}:9100",
    ],
)
def test_a_setting_that_names_neither_is_refused_with_advice(target: str) -> None:
    with pytest.raises(PrinterSetupError, match="printer address"):
        parse_target(target)


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    for part in (b"one", b"two"):
        transport = Target(path=path).open(1)
        assert isinstance(transport, FileTransport)
        assert not transport.answers
        transport.send(part)
        assert transport.receive(0) == b""
        transport.close()
    assert path.read_bytes() == b"onetwo"


def test_nobody_listening_is_an_os_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        Target("127.0.0.1", port).open(1)


def test_a_printer_that_hangs_up_is_told_from_one_that_is_silent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = TcpTransport("127.0.0.1", listener.getsockname()[1], 1)
        printer, _ = listener.accept()
        assert transport.receive(0) == b""
        assert transport.receive(0.01) == b""
        printer.sendall(b"\x16")
        assert transport.receive(5) == b"\x16"
        printer.close()
        with pytest.raises(ConnectionAbortedError):
            transport.receive(5)
        transport.close()


def test_closing_with_unread_answers_loses_none_of_what_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        transport = TcpTransport("127.0.0.1", listener.getsockname()[1], 5)
        printer, _ = listener.accept()
        with printer:
            printer.sendall(b"\x12" * 8)
            transport.send(b"x" * 1000)
            printer.shutdown(socket.SHUT_WR)
            transport.close()
            received = b""
            while part := printer.recv(4096):
                received += part
    assert received == b"x" * 1000
