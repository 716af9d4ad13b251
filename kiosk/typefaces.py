"""Whether the bundled typefaces are whole, and which letters they have: said at the start, not at a citizen's tap.

The tables are read from the files themselves (OpenType's `cmap`, formats 4 and 12): the drawing libraries do not tell.
"""

import re
import struct
from functools import lru_cache
from pathlib import Path

from kiosk.settings import ASSETS_DIR

FONT_DIR = ASSETS_DIR / "fonts"
LATIN = tuple(
    FONT_DIR / "be-vietnam-pro" / f"BeVietnamPro-{weight}.ttf" for weight in ("SemiBold", "Bold", "ExtraBold")
)
"""The weights used on paper (tokens.json, `weight_min`)."""
SHOWN = tuple(FONT_DIR / "be-vietnam-pro" / f"BeVietnamPro-{weight}.ttf" for weight in ("Regular", "Medium"))
"""The weights that only screens use."""
KHMER = FONT_DIR / "noto-sans-khmer" / "NotoSansKhmer.ttf"
KHMER_RANGES = "\u1780-\u17ff\u19e0-\u19ff"
"""Letters of the Khmer typeface, as ranges of a regular expression; everything else is Be Vietnam Pro's."""

_KHMER = re.compile(f"[{KHMER_RANGES}]")
_UNDRAWN = frozenset("\n\u200b\u200c\u200d")
"""Line ends, and marks that only say where words end and letters join."""


class TypefaceError(ValueError):
    """A typeface's file is missing or broken; the sentence says which."""


def unprintable(text: str) -> str:
    """Return the letters of a text that no bundled typeface has, each once, in order.

    Raises:
        TypefaceError: a typeface's file cannot be read.
    """
    latin = frozenset.intersection(*(letters(path) for path in LATIN))
    khmer = letters(KHMER)
    missing = [
        letter
        for letter in dict.fromkeys(text)
        if letter not in _UNDRAWN and ord(letter) not in (khmer if _KHMER.match(letter) else latin)
    ]
    return "".join(missing)


@lru_cache(maxsize=8)
def letters(path: Path) -> frozenset[int]:
    """Return the code points a typeface has a shape for.

    Raises:
        TypefaceError: the file is missing, or is not an OpenType file with a Unicode table.
    """
    try:
        return _code_points(path.read_bytes())
    except OSError as error:
        raise TypefaceError(
            f"The typeface {path} cannot be read ({error.strerror}). Install Mời again: its letters would be missing."
        ) from error
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise TypefaceError(
            f"The typeface {path} is broken. Install Mời again: its letters would be missing."
        ) from error


def _code_points(data: bytes) -> frozenset[int]:
    cmap = _whole_tables(data)[b"cmap"]
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    offsets = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * index)[2] for index in range(count)]
    found: set[int] = set()
    for start in (cmap + offset for offset in offsets):
        (kind,) = struct.unpack_from(">H", data, start)
        found |= _segments(data, start) if kind == 4 else _groups(data, start) if kind == 12 else set()
    if not found:
        raise ValueError("no Unicode table")
    return frozenset(found)


def _whole_tables(data: bytes) -> dict[bytes, int]:
    """Return where each table begins, after all of them were summed up.

    A file that was cut off, or lost a byte on the way, still opens in the drawing libraries, and prints white where its
    letters were. `head` holds a sum over itself and is left out (OpenType, "Calculating checksums").
    """
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for index in range(count):
        name, expected, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        table = data[offset : offset + length]
        words = struct.unpack(f">{(len(table) + 3) // 4}I", table + b"\0" * (-len(table) % 4))
        if len(table) < length or (name != b"head" and sum(words) % 2**32 != expected):
            raise ValueError("a table is damaged")
        tables[name] = int(offset)
    return tables


def _segments(data: bytes, start: int) -> set[int]:
    """Read format 4: segments of the first 65,536 code points, each with a delta or a list of shapes."""
    (double,) = struct.unpack_from(">H", data, start + 6)
    ends, starts = start + 14, start + 16 + double
    deltas, ranges = starts + double, starts + 2 * double
    found: set[int] = set()
    for at in range(0, double, 2):
        (first,), (last,) = struct.unpack_from(">H", data, starts + at), struct.unpack_from(">H", data, ends + at)
        (delta,), (offset,) = struct.unpack_from(">H", data, deltas + at), struct.unpack_from(">H", data, ranges + at)
        for code in range(first, min(last, 0xFFFE) + 1):
            shape = code
            if offset:
                (shape,) = struct.unpack_from(">H", data, ranges + at + offset + 2 * (code - first))
            if shape and (shape + delta) % 0x10000 if offset else (code + delta) % 0x10000:
                found.add(code)
    return found


def _groups(data: bytes, start: int) -> set[int]:
    """Read format 12: groups of code points with consecutive shapes."""
    (count,) = struct.unpack_from(">I", data, start + 12)
    found: set[int] = set()
    for index in range(count):
        first, last, shape = struct.unpack_from(">III", data, start + 16 + 12 * index)
        found.update(range(first if shape else first + 1, last + 1))
    return found
