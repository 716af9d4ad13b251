"""A centre's logo, judged before it is needed: read with the set-up, to its last byte, so that it can be drawn later.

The core has no drawing library, and needs none to know this much: PNG is four facts and a stretch of packed rows
(W3C PNG, §11 and §13).
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from kiosk.catalogue.sentence import Sentence, sentence

WIDEST_DOTS = 352
"""What fits between the margins of 58 mm paper, so that one logo serves every printer of the hall."""
HIGHEST_DOTS = 240
"""30 mm: more is paper that a citizen waits for."""
LARGEST_BYTES = 64 * 1024
"""It stands in every job the spool keeps."""
GREY, DEPTHS = 0, (1, 2, 4, 8)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEEDED = (b"IHDR", b"IDAT", b"IEND")
_LAST_FILTER = 4
"""Each row begins with how it was filtered: 0 to 4 (W3C PNG, §9)."""
_MOST_UNPACKED = (WIDEST_DOTS + 1) * HIGHEST_DOTS
"""Rows of 8 bits a dot with their filter's byte; nothing larger is unpacked, whatever the file says."""


class LogoError(ValueError):
    """A picture that cannot be printed as a logo; `sentence` says why and what to do."""

    def __init__(self, says: Sentence) -> None:
        super().__init__(says.say())
        self.sentence = says


def read_logo(path: Path) -> bytes:
    """Read a logo's bytes, without what only describes it: a broken remark in it would break every paper.

    Raises:
        LogoError: the file is missing, is no whole PNG of one bit or grey, or is too large.
    """
    try:
        picture = path.read_bytes()
    except OSError as error:
        raise LogoError(
            sentence("cannot read the logo {path}: {why}. Check the path.", path=path, why=error.strerror)
        ) from error
    check_logo(picture)
    return _SIGNATURE + b"".join(_packed(kind, data) for kind, data in _chunks(picture) if kind in _NEEDED)


def check_logo(picture: bytes) -> None:
    """Look at a logo's bytes.

    Raises:
        LogoError: as `read_logo`.
    """
    if len(picture) > LARGEST_BYTES:
        raise LogoError(
            sentence("the logo has {size} bytes; use at most {most}.", size=len(picture), most=LARGEST_BYTES)
        )
    if not picture.startswith(_SIGNATURE):
        raise LogoError(sentence("the logo is not a PNG; save it as one, in grey."))
    try:
        chunks = list(_chunks(picture))
        width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    except (struct.error, KeyError, ValueError) as error:
        raise LogoError(sentence("the logo's file is broken; save it again.")) from error
    if width > WIDEST_DOTS or height > HIGHEST_DOTS:
        raise LogoError(
            sentence(
                "the logo is {width} × {height} dots; use at most {widest} × {highest}, which is 44 × 30 mm on paper.",
                width=width,
                height=height,
                widest=WIDEST_DOTS,
                highest=HIGHEST_DOTS,
            )
        )
    if colour != GREY or interlaced or depth not in DEPTHS:
        raise LogoError(
            sentence(
                "the logo has colours, see-through parts or 16 bits a dot, or is interlaced; "
                "save it as a plain grey PNG."
            )
        )
    row = 1 + (width * depth + 7) // 8
    rows = _unpack(b"".join(data for kind, data in chunks if kind == b"IDAT"))
    whole = len(rows) == height * row > 0 and width > 0
    if not whole or packing or filtering or max(rows[::row]) > _LAST_FILTER:
        raise LogoError(sentence("the logo's file is broken; save it again."))


def _packed(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        kind, data = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", picture, at + 8 + length)
        if zlib.crc32(kind + data) != checksum:
            raise ValueError("a chunk is damaged")
        yield kind, data
        if kind == b"IEND":
            return
        at += 12 + length
    raise ValueError("the end is missing")


def _unpack(packed: bytes) -> bytes:
    """Unpack no more than there may be: a small file can hold a large emptiness."""
    try:
        return zlib.decompressobj().decompress(packed, _MOST_UNPACKED + 1)
    except zlib.error as error:
        raise LogoError(sentence("the logo's file is broken; save it again.")) from error
