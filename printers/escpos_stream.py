"""Pictures become the bytes a receipt printer understands, in bands of `GS v 0`, through python-escpos (DESIGN §10)."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import msgspec
from PIL import Image

from printers.drawing.raster import Piece

BAND_ROWS = 128
"""Rows a command: 9 KB at 576 dots, so that a small printer begins before it has everything (DOMAIN §9)."""
_INVERTED = bytes(255 - value for value in range(256))
"""Pillow's 1 is white, the printer's 1 is a dot."""
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


def bands(image: Image.Image) -> list[bytes]:
    """Return a picture (mode "1") as commands of BAND_ROWS rows each."""
    across = image.width // 8
    data = image.tobytes().translate(_INVERTED)
    return [
        b"\x1dv0\x00"
        + across.to_bytes(2, "little")
        + rows.to_bytes(2, "little")
        + data[top * across :][: rows * across]
        for top in range(0, image.height, BAND_ROWS)
        for rows in (min(BAND_ROWS, image.height - top),)
    ]


@lru_cache(maxsize=1)
def load_escpos() -> ModuleType:
    """Import python-escpos, once, and return its `printer` module.

    On import it reads a list of all printers of the world (0.3 s) and leaves a folder with a pickle of it behind. It is
    given a list of one instead, and the folder is removed; that makes a third of the time and nothing to clean up.
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
