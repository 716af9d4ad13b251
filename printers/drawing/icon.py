"""Tabler icons on paper: the few SVG path commands they use, drawn as thick lines.

Pillow draws no SVG, and a library for seven path commands would be one more thing to build, freeze and update.
"""

import math
import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree import ElementTree

from PIL import Image, ImageDraw

from kiosk.settings import ASSETS_DIR
from printers.drawing.sheet import BLACK, SUPERSAMPLE, WHITE

ICON_DIR = ASSETS_DIR / "icons" / "tabler"
GRID = 24
"""Tabler draws on 24 × 24 units."""
_CURVE_STEPS = 16

Point = tuple[float, float]
_TOKENS = re.compile(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}


@lru_cache(maxsize=64)
def icon(name: str, size: int, stroke: int) -> Image.Image | None:
    """Draw an icon black on white, `size` dots square, with lines `stroke` dots thick; None where there is none."""
    path = ICON_DIR / f"{name}.svg"
    if not name or not path.is_file():
        return None
    large = Image.new("L", (size * SUPERSAMPLE, size * SUPERSAMPLE), WHITE)
    draw = ImageDraw.Draw(large)
    scale, thick = size * SUPERSAMPLE / GRID, stroke * SUPERSAMPLE
    for element in ElementTree.parse(path).getroot():
        if element.get("stroke") != "none":
            for line in polylines(element.get("d", "")):
                _draw_line(draw, [(x * scale, y * scale) for x, y in line], thick)
    return large.reduce(SUPERSAMPLE)


def polylines(path_data: str) -> list[list[Point]]:
    """Flatten an SVG path (M L H V C A Z and their relative forms) to lists of points.

    Raises:
        ValueError: the path has a command that Tabler does not use.
    """
    tokens = _TOKENS.findall(path_data)
    lines: list[list[Point]] = []
    command, at, index = "", (0.0, 0.0), 0
    while index < len(tokens):
        if tokens[index].isalpha():
            command = tokens[index]
            index += 1
        count = _ARGUMENTS.get(command.upper())
        if count is None:
            raise ValueError(f"The path command {command!r} is not known; Tabler's outline icons use M L H V C A Z.")
        numbers = [float(token) for token in tokens[index : index + count]]
        index += count
        if command.upper() == "M":
            at = _absolute(command, at, numbers)[-1]
            lines.append([at])
            # Further pairs after a move are lines.
            command = "L" if command == "M" else "l"
        else:
            lines[-1].extend(_SEGMENTS[command.upper()](command, lines[-1], numbers))
            at = lines[-1][-1]
    return lines


def _draw_line(draw: ImageDraw.ImageDraw, points: list[Point], thick: int) -> None:
    draw.line(points, fill=BLACK, width=thick, joint="curve")
    for x, y in (points[0], points[-1]):
        draw.circle((x, y), thick / 2, fill=BLACK)


def _absolute(command: str, at: Point, numbers: list[float]) -> list[Point]:
    ox, oy = at if command.islower() else (0.0, 0.0)
    return [(ox + x, oy + y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def _line(command: str, points: list[Point], numbers: list[float]) -> list[Point]:
    return _absolute(command, points[-1], numbers)


def _horizontal(command: str, points: list[Point], numbers: list[float]) -> list[Point]:
    x, y = points[-1]
    return [(numbers[0] + (x if command == "h" else 0.0), y)]


def _vertical(command: str, points: list[Point], numbers: list[float]) -> list[Point]:
    x, y = points[-1]
    return [(x, numbers[0] + (y if command == "v" else 0.0))]


def _close(_command: str, points: list[Point], _numbers: list[float]) -> list[Point]:
    return [points[0]]


def _cubic(command: str, points: list[Point], numbers: list[float]) -> list[Point]:
    (ax, ay), ((bx, by), (cx, cy), (dx, dy)) = points[-1], _absolute(command, points[-1], numbers)
    steps = [step / _CURVE_STEPS for step in range(1, _CURVE_STEPS + 1)]
    return [
        (
            (1 - t) ** 3 * ax + 3 * (1 - t) ** 2 * t * bx + 3 * (1 - t) * t**2 * cx + t**3 * dx,
            (1 - t) ** 3 * ay + 3 * (1 - t) ** 2 * t * by + 3 * (1 - t) * t**2 * cy + t**3 * dy,
        )
        for t in steps
    ]


def _arc(command: str, points: list[Point], numbers: list[float]) -> list[Point]:
    """Flatten an upright elliptical arc: centre from end points as in the SVG standard, appendix F.6.

    The ellipse is first stretched to a circle. Tabler turns no ellipse, so the x axis rotation is not looked at.
    """
    stretch = numbers[0] / numbers[1]
    (x1, y1), (x2, y2) = ((x, y * stretch) for x, y in (points[-1], _absolute(command, points[-1], numbers[5:])[0]))
    half = math.dist((x1, y1), (x2, y2)) / 2
    if half == 0:
        return [points[-1]]
    radius, large, sweep = max(numbers[0], half), bool(numbers[3]), bool(numbers[4])
    away = math.sqrt(max(radius**2 - half**2, 0.0)) / (2 * half) * (1 if large != sweep else -1)
    cx, cy = (x1 + x2) / 2 + away * (y1 - y2), (y1 + y2) / 2 + away * (x2 - x1)
    start, end = math.atan2(y1 - cy, x1 - cx), math.atan2(y2 - cy, x2 - cx)
    turn = (end - start) % math.tau if sweep else -((start - end) % math.tau)
    angles = [start + turn * step / _CURVE_STEPS for step in range(1, _CURVE_STEPS + 1)]
    return [(cx + radius * math.cos(angle), (cy + radius * math.sin(angle)) / stretch) for angle in angles]


_SEGMENTS: dict[str, Callable[[str, list[Point], list[float]], list[Point]]] = {
    "L": _line,
    "H": _horizontal,
    "V": _vertical,
    "Z": _close,
    "C": _cubic,
    "A": _arc,
}
