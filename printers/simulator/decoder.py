"""Reads ESC/POS as a printer would and returns the paper: the judge of what we print, so it knows nothing of our side.

Written from the command language alone (Epson's names are in the comments), it imports neither our encoder nor
python-escpos; import-linter holds it to that. It is fed in any portions; what it does not know it notes and skips.
"""

from collections.abc import Callable
from typing import NamedTuple

from PIL import Image

from printers.simulator.pages import letter_of
from printers.simulator.qr import QrCode
from printers.simulator.roll import DEFAULT_LINE_DOTS, Paper, Roll, bits, columns

_ESC, _GS, _FS, _DLE = 0x1B, 0x1D, 0x1C, 0x10
_MOST_PROBLEMS = 100
_PARAMETERS = {
    # How many bytes follow the commands that change nothing we judge: fonts, pages, margins, drawers, modes.
    _ESC: {"! -EGMVRr{=UT%?": 1, "$\\Bc": 2, "LS<": 0, "p": 3, "W": 8},
    _GS: {"BHfhwbT|/": 1, "LWP\\$": 2, "^": 3, ":": 0},
    _FS: {"!-CW": 1, ".&": 0, "Sp": 2},
}
_SKIPPED = {
    bytes((prefix, ord(letter))): count
    for prefix, groups in _PARAMETERS.items()
    for letters, count in groups.items()
    for letter in letters
}


class Request(NamedTuple):
    """What the printer behind must hear of when it is reached: the command's first bytes and its parameters."""

    name: bytes
    parameters: bytes


class _NeedMoreError(Exception):
    """The command is not complete yet."""


class _StuckError(Exception):
    """The knife does not move; the command waits."""


class Decoder:
    """A printer's ear. `width_dots` is the printable width; None takes the widest thing printed.

    `problems` holds a line for each thing not understood, the first hundred of them. With `knife_jams` it stops at the
    next cut, is `stuck`, and goes on from there at the next `feed` after the jam is cleared.
    """

    def __init__(self, width_dots: int | None = None) -> None:
        self.problems: list[str] = []
        self._roll = Roll(width_dots)
        self._buffer = bytearray()
        self._at = 0
        self._done = 0
        self._papers: list[Paper] = []
        self._requests: list[Request] = []
        self.knife_jams = False
        self.stuck = False
        self._graphics: Image.Image | None = None
        self._page = 0
        self._qr = QrCode()
        self._commands: dict[bytes, Callable[[], None]] = {
            b"\x1b@": self._initialise,
            b"\x1ba": self._align,
            b"\x1b2": self._default_line_spacing,
            b"\x1b3": self._line_spacing,
            b"\x1bd": self._feed_lines,
            b"\x1bJ": self._feed_dots,
            b"\x1b*": self._column_image,
            b"\x1bD": self._tabs,
            b"\x1bt": self._code_page,
            b"\x1d!": self._letter_size,
            b"\x1bi": self._cut,
            b"\x1bm": self._cut,
            b"\x1dV": self._cut_by_number,
            b"\x1dv": self._raster_image,
            b"\x1d(": self._function,
            b"\x1d8": self._long_graphics,
            b"\x1dk": self._barcode,
            b"\x1d*": self._downloaded_image,
            b"\x1dr": lambda: self._ask(b"\x1dr", self._take(1)),
            b"\x1da": lambda: self._ask(b"\x1da", self._take(1)),
            b"\x1dI": lambda: self._ask(b"\x1dI", self._take(1)),
            b"\x1c(": self._function,
        }

    def feed(self, data: bytes) -> list[Paper]:
        """Take the next bytes of the stream and return the pieces of paper that they finished."""
        self._buffer += data
        self.stuck = False
        while self._at < len(self._buffer):
            start = self._at
            try:
                self._next()
            except (_NeedMoreError, _StuckError) as stop:
                self._at = start
                self.stuck = isinstance(stop, _StuckError)
                break
        self._done += self._at
        del self._buffer[: self._at]
        self._at = 0
        papers, self._papers = self._papers, []
        return papers

    def finish(self) -> Paper | None:
        """Tear off what has come out without a cut, and forget a command that was left half said."""
        self.forget_half_command()
        return self._roll.cut()

    def forget_half_command(self) -> None:
        """Drop a command whose end will not come, for instance when its sender has hung up."""
        if self._buffer:
            self._problem(f"{len(self._buffer)} bytes of an unfinished command")
        self._done += len(self._buffer)
        self._buffer.clear()

    def tear(self) -> Paper | None:
        """Tear off what has come out; a command that is half said goes on with the next bytes."""
        return self._roll.cut()

    def switch_off(self) -> None:
        """Forget all that was said and set; what is on the paper stays."""
        self._buffer.clear()
        self._graphics, self.stuck = None, False
        self._initialise()
        self._requests.clear()

    def take_requests(self) -> list[Request]:
        """Return the questions met since the last call: they are answered when reached, not when received."""
        requests, self._requests = self._requests, []
        return requests

    def _next(self) -> None:
        byte = self._take(1)[0]
        if byte >= 0x20:
            self._roll.letter(letter_of(byte, self._page))
        elif byte == 0x0A:
            self._roll.print_line()
        elif byte == 0x09:
            self._roll.letter(" ")
        elif byte == _DLE:
            self._real_time()
        elif byte in (_ESC, _GS, _FS):
            self._command(bytes((byte, self._take(1)[0])))
        elif byte not in (0x00, 0x0C, 0x0D, 0x18):
            self._problem(f"control byte {byte:02x}")

    def _command(self, name: bytes) -> None:
        if name in self._commands:
            self._commands[name]()
        elif name in _SKIPPED:
            self._take(_SKIPPED[name])
        else:
            self._problem(f"unknown command {name.hex(' ')}")

    def _real_time(self) -> None:
        kind, which = self._take(2)
        further = {0x04: {7: 1, 8: 1, 18: 1}, 0x05: {}, 0x14: {1: 2, 2: 2, 8: 7}}  # DLE EOT, DLE ENQ, DLE DC4
        if kind in further:
            self._take(further[kind].get(which, 0))
        else:
            self._problem(f"unknown real-time command 10 {kind:02x} {which:02x}")

    def _initialise(self) -> None:
        self._page, self._qr = 0, QrCode()
        self._roll.reset()
        self._ask(b"\x1b@", b"")

    def _align(self) -> None:
        where = self._take(1)[0] & 0x0F
        self._roll.centred, self._roll.at_right = where == 1, where == 2

    def _default_line_spacing(self) -> None:
        self._roll.line_dots = DEFAULT_LINE_DOTS

    def _line_spacing(self) -> None:
        self._roll.line_dots = self._take(1)[0]

    def _feed_lines(self) -> None:
        self._roll.print_line(self._take(1)[0] * self._roll.line_dots)

    def _feed_dots(self) -> None:
        self._roll.print_line(self._take(1)[0])

    def _tabs(self) -> None:
        while self._take(1)[0]:
            pass

    def _code_page(self) -> None:
        self._page = self._take(1)[0]

    def _letter_size(self) -> None:
        size = self._take(1)[0]
        self._roll.letter_size = ((size >> 4 & 7) + 1, (size & 7) + 1)

    def _column_image(self) -> None:  # ESC * m nL nH d…
        mode, across = self._take(1)[0], self._number(2)
        down = {0: 1, 1: 1, 32: 3, 33: 3}.get(mode)
        if down is None:
            self._problem(f"ESC * with mode {mode}")
            return
        data = self._take(across * down)
        stretch = (1 if mode & 1 else 2, 1 if down == 3 else 3)
        self._roll.image_in_line(columns(data, down, stretch))

    def _raster_image(self) -> None:  # GS v 0 m xL xH yL yH d…
        zero, mode = self._take(2)
        across, rows = self._number(2), self._number(2)
        data = self._take(across * rows)
        if zero != 0x30:
            self._problem(f"GS v {zero:02x}")
        self._roll.print_image(bits(data, across * 8, rows, (2 if mode & 1 else 1, 2 if mode & 2 else 1)))

    def _function(self) -> None:  # GS ( X pL pH …
        letter, data = self._take(1), self._take(self._number(2))
        if letter == b"L":
            self._graphics_function(data)
        elif letter == b"k":
            self._code_function(data)
        elif letter == b"H":
            self._ask(b"\x1d(H", data)

    def _long_graphics(self) -> None:  # GS 8 L p1 p2 p3 p4 …
        letter, data = self._take(1), self._take(self._number(4))
        if letter == b"L":
            self._graphics_function(data)
        else:
            self._problem(f"GS 8 {letter.hex()}")

    def _graphics_function(self, data: bytes) -> None:
        function = data[1] if len(data) > 1 else -1
        if function == 112 and len(data) >= 10:  # store: m fn a bx by c xL xH yL yH d…
            width, rows = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
            body = data[10 : 10 + (width + 7) // 8 * rows]
            if len(body) == (width + 7) // 8 * rows:
                self._graphics = bits(body, width, rows, (max(data[3], 1), max(data[4], 1)))
                return
        if function not in (2, 50):
            self._problem(f"GS ( L function {function} of {len(data)} bytes")
        elif self._graphics is not None:  # print what is stored
            self._roll.print_image(self._graphics)
            self._graphics = None

    def _code_function(self, data: bytes) -> None:  # cn fn …
        try:
            if printed := self._qr.told(data):
                self._roll.code(printed, self._qr.side_dots)
        except ValueError as error:
            self._problem(str(error))

    def _barcode(self) -> None:  # GS k m d… NUL, or GS k m n d…
        if self._take(1)[0] >= 65:
            data = self._take(self._take(1)[0])
        else:
            data = b""
            while (letter := self._take(1)) != b"\0":
                data += letter
        self._roll.code(data.decode("latin-1"))

    def _downloaded_image(self) -> None:  # GS * x y d…
        self._take(self._take(1)[0] * self._take(1)[0] * 8)

    def _ask(self, name: bytes, parameters: bytes) -> None:
        self._requests.append(Request(name, parameters))

    def _cut_by_number(self) -> None:  # GS V m, or GS V m n: feed to the knife and n further
        feed = self._take(1)[0] if self._take(1)[0] in (65, 66, 97, 98, 103, 104) else None
        if self.knife_jams:
            raise _StuckError
        if feed is not None:
            self._roll.print_line(feed)
        self._cut()

    def _cut(self) -> None:
        if self.knife_jams:
            raise _StuckError
        paper = self._roll.cut()
        if paper is not None:
            self._papers.append(paper)

    def _number(self, size: int) -> int:
        return int.from_bytes(self._take(size), "little")

    def _take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._buffer):
            raise _NeedMoreError
        taken = bytes(self._buffer[self._at : end])
        self._at = end
        return taken

    def _problem(self, what: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(f"at byte {self._done + self._at}: {what}")
