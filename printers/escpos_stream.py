"""Pictures become the bytes a receipt printer understands, in bands of `GS v 0`, through python-escpos (DESIGN §10)."""

import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import msgspec
from PIL import Image

from printers.drawing.raster import Piece

_RASTER = b"\x1dv0\0"
_COMMAND_COSTS = 24
"""Bytes that one more band must save. Its head is 8; with this, bands are about as high as the 24-row strips of older
commands, which every printer takes, and a ticket is 0.6 of its full raster (0.54 at 8, 0.95 at 64; measured).
"""
BAND_ROWS = 128
"""Rows a command: 9 KB at 576 dots, so that a small printer begins before it has everything (DOMAIN §9)."""
_INVERTED = bytes(255 - value for value in range(256))
"""Pillow's 1 is white, the printer's 1 is a dot."""
_loading = threading.Lock()
_FEATURES = {"paperFullCut": True, "paperPartCut": True}
_PROFILE = {
    "profiles": {"default": {"name": "Raster", "codePages": {}, "features": _FEATURES, "fonts": {}, "media": {}}},
    "encodings": {},
}
"""All that this program needs to know of a printer: it prints pictures, and has a knife or ignores the word."""


def encode(pieces: Sequence[Piece]) -> bytes:
    """Return one print job: initialise, then every piece in bands, fed past the knife and cut where it says so.

    The bands are written here and not by `Escpos.image()`, which turns each into RGBA and back (25 ms a ticket); a test
    holds the two together byte for byte. The first call imports python-escpos (see `load_escpos`).
    """
    printer = load_escpos().Dummy()
    printer.hw("INIT")
    for piece in pieces:
        for band in bands(piece.image):
            printer._raw(band)
        if piece.cut:
            printer.cut()
        else:
            printer.print_and_feed(2)
    job: bytes = printer.output
    return job


def cut_off() -> bytes:
    """Return what makes whatever hangs in the slot a paper of its own; a printer without a knife only feeds it out."""
    printer = load_escpos().Dummy()
    printer.hw("INIT")
    printer.cut()
    said: bytes = printer.output
    return said


def bands(image: Image.Image) -> list[bytes]:
    """Return a picture (mode "1") as commands of at most BAND_ROWS rows each, none wider than its last dot.

    White at the right end of a band is not sent, and white rows are sent one byte wide, not as a feed: a printer's feed
    counts in units of its own, a row of dots is a row of dots.
    """
    across = image.width // 8
    data = image.tobytes().translate(_INVERTED)
    rows = [data[at : at + across] for at in range(0, len(data), across)]
    commands, top = [], 0
    for height, wide in _stretches([max(len(row.rstrip(b"\0")), 1) for row in rows]):
        for first in range(top, top + height, BAND_ROWS):
            part = rows[first : min(first + BAND_ROWS, top + height)]
            size = wide.to_bytes(2, "little") + len(part).to_bytes(2, "little")
            commands.append(_RASTER + size + b"".join(row[:wide] for row in part))
        top += height
    return commands


def _stretches(widths: list[int]) -> list[tuple[int, int]]:
    """Cut rows of these widths into stretches (rows, width in bytes) that are sent as one, where that costs less."""
    found: list[tuple[int, int]] = []
    for wide in widths:
        found.append((1, wide))
        while len(found) > 1 and _cheaper_together(found[-2], found[-1]):
            (above, one), (below, other) = found[-2:]
            found[-2:] = [(above + below, max(one, other))]
    return found


def _cheaper_together(above: tuple[int, int], below: tuple[int, int]) -> bool:
    apart = above[0] * above[1] + below[0] * below[1] + _COMMAND_COSTS
    return (above[0] + below[0]) * max(above[1], below[1]) <= apart


def load_escpos() -> ModuleType:
    """Import python-escpos, once, and return its `printer` module; whoever comes meanwhile waits.

    The first ticket may be wanted while the warm-up is still at it, in another thread.
    """
    with _loading:
        return _imported()


@lru_cache(maxsize=1)
def _imported() -> ModuleType:
    """Import it without what it would leave behind.

    By itself it reads a list of all printers of the world (0.3 s) and leaves a folder with a pickle of it. It is given
    a list of one instead, and the folder is removed; that makes a third of the time and nothing to clean up.
    """
    variables = ("ESCPOS_CAPABILITIES_FILE", "ESCPOS_CAPABILITIES_PICKLE_DIR")
    kept = {name: os.environ.pop(name) for name in variables if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "capabilities.json"
        profile.write_bytes(msgspec.json.encode(_PROFILE))
        os.environ["ESCPOS_CAPABILITIES_FILE"] = str(profile)
        try:
            from escpos import capabilities, printer
        finally:
            del os.environ["ESCPOS_CAPABILITIES_FILE"]
            os.environ.update(kept)
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    loaded: ModuleType = printer
    return loaded
