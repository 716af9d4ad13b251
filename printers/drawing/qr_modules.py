"""A code's dark and light modules, with the mask the standard asks for (ISO/IEC 18004, 7.8), found quickly.

`qrcode` draws a code eight times, once for each mask, and judges each in Python: 20 ms of a ticket. How a mask differs
from the first one is the same for all data of a size and level, so that is kept, and a ticket's code is drawn once.
"""

import re
from functools import lru_cache

MASKS = 8
_RUN, _FINDER, _BALANCE = 3, 40, 10
"""Penalties: for five of one colour in a row (and one more for each beyond), for what looks like a finder, and for
every 5 percent that the dark ones are off the half; a square of four costs as much as a run."""
_RUNS = re.compile("0{5,}|1{5,}")
_LIKE_FINDERS = re.compile("(?=10111010000)|(?=00001011101)")


def modules(data: str, level: str) -> list[str]:
    """Return a code's rows, a "1" for each dark module; none where no code holds so much.

    Args:
        data: what it says.
        level: L, M, Q or H.
    """
    version, rows = _drawn(data, level, 0)
    if not rows:
        return []
    masked = [
        [row ^ other for row, other in zip(rows, differences, strict=True)]
        for differences in _differences(version, level)
    ]
    size = len(rows)
    best = min(masked, key=lambda one: penalty(one, size))
    return [f"{row:0{size}b}" for row in best]


def penalty(rows: list[int], size: int) -> int:
    """Return how hard a code of `size` modules a side is to read, by the standard's four rules.

    Args:
        rows: each row's modules as a number, the first one its highest bit.
        size: modules a side.
    """
    across = [f"{row:0{size}b}" for row in rows]
    lines = "\n".join([*across, *("".join(column) for column in zip(*across, strict=True))])
    runs = sum(len(run) - 5 + _RUN for run in _RUNS.findall(lines))
    finders = _FINDER * sum(1 for _ in _LIKE_FINDERS.finditer(lines))
    dark = sum(row.bit_count() for row in rows)
    off_half = abs(dark * 20 - size * size * 10) // (size * size)
    return runs + _RUN * _squares(rows, size) + finders + _BALANCE * off_half


def _squares(rows: list[int], size: int) -> int:
    """Count squares of two by two in one colour."""
    inside = (1 << (size - 1)) - 1
    level = [~(row ^ (row >> 1)) for row in rows]
    pairs = zip(rows, rows[1:], level, level[1:], strict=False)
    return sum((~(one ^ other) & left & right & inside).bit_count() for one, other, left, right in pairs)


@lru_cache(maxsize=32)
def _differences(version: int, level: str) -> tuple[tuple[int, ...], ...]:
    """Return, mask by mask, what must be turned over in a code with the first mask."""
    first = _drawn("", level, 0, version)[1]
    others = (_drawn("", level, mask, version)[1] for mask in range(MASKS))
    return tuple(tuple(a ^ b for a, b in zip(first, other, strict=True)) for other in others)


def _drawn(data: str, level: str, mask: int, version: int | None = None) -> tuple[int, list[int]]:
    """Draw a code with a given mask; returns its version and rows, none where no code holds so much."""
    import qrcode
    from qrcode import constants
    from qrcode.exceptions import DataOverflowError

    correction = getattr(constants, f"ERROR_CORRECT_{level}")
    code = qrcode.QRCode(version, error_correction=correction, border=0, mask_pattern=mask)
    try:
        code.add_data(data)
        code.make(fit=version is None)
    except (DataOverflowError, ValueError):
        return 0, []
    return code.version, [int("".join("1" if dark else "0" for dark in row), 2) for row in code.modules]
