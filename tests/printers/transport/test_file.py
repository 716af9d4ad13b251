from pathlib import Path

from printers.transport import FileTarget, FileTransport


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    for part in (b"one", b"two"):
        transport = FileTarget(path).open(1)
        assert isinstance(transport, FileTransport)
        assert not transport.answers
        transport.send(part)
        assert transport.receive(0) == b""
        transport.close()
    assert path.read_bytes() == b"onetwo"
