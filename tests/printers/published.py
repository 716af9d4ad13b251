"""The commands we may send: those that Epson publishes for its receipt printers, and nothing else.

Each row is a command by its title in the "ESC/POS Command Reference" (download4.epson.biz/sec_pubs/pos/reference_en/
escpos), the parameters we may give it, and how many bytes of data follow. Written apart from our encoder and from the
simulator's decoder: a third reading of the same pages.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Command(NamedTuple):
    """One row: `pattern` matches the command with its parameters, `data` says how long what follows is."""

    title: str
    pattern: bytes
    data: Callable[[re.Match[bytes]], int] = lambda _: 0


def _raster(match: re.Match[bytes]) -> int:
    across, rows = (int.from_bytes(match[name], "little") for name in ("x", "y"))
    assert 1 <= across <= 576 // 8, "wider than the head"
    assert 1 <= rows <= 0xFFFF
    return across * rows


def _code(match: re.Match[bytes]) -> int:
    length = int.from_bytes(match["length"], "little")
    assert 3 <= length <= 7092, "no QR code holds that"
    return length - 2


PUBLISHED = (
    Command("DLE EOT: transmit real-time status", rb"\x10\x04[\x01-\x04]"),
    Command("ESC @: initialize printer", rb"\x1b@"),
    Command("ESC d: print and feed n lines", rb"\x1bd."),
    Command("GS v 0: print raster bit image", rb"\x1dv0\x00(?P<x>..)(?P<y>..)", _raster),
    Command("GS V: select cut mode and cut paper", rb"\x1dV(?:[\x00\x01]|[AB].)"),
    Command("GS a: enable/disable Automatic Status Back", rb"\x1da."),
    Command("GS r: transmit status", rb"\x1dr[\x01\x02]"),
    Command("LF: print and line feed", rb"\n"),
    Command("Letters of ASCII and of TCVN-3", rb"[\x20-\x7e\xa1-\xfe]+"),
    Command("ESC t: select character code table", rb"\x1bt[\x1e\x1f]"),
    Command("ESC a: select justification", rb"\x1ba[\x00-\x02]"),
    Command("ESC E: turn emphasized mode on/off", rb"\x1bE[\x00\x01]"),
    Command("GS !: select character size", rb"\x1d![\x00\x11\x22\x33]"),
    Command("GS ( k: set up and print a QR Code, functions 165 to 181", rb"\x1d\(k(?P<length>..)1[ACEPQ]", _code),
    Command("GS I: transmit printer ID", rb"\x1dI[\x01-\x03A-E]"),
)


def commands_of(stream: bytes) -> Iterator[tuple[str, bytes]]:
    """Go through a stream; yields each command's title with its bytes, data left out.

    Raises:
        AssertionError: at the first byte that begins none of them.
    """
    at = 0
    while at < len(stream):
        for command in PUBLISHED:
            match = re.compile(command.pattern, re.DOTALL).match(stream, at)
            if match:
                yield command.title, match[0]
                at = match.end() + command.data(match)
                break
        else:
            raise AssertionError(f"byte {at}: {stream[at : at + 8].hex(' ')} is no command we may send")
    assert at == len(stream), "the last command lacks data"
