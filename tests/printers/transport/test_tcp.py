import socket

import pytest

from printers.transport import TcpTarget, TcpTransport


def test_nobody_listening_is_an_os_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        TcpTarget("127.0.0.1", port).open(1)


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
