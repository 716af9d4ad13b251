"""No paper breaks a word: a title is set smaller first, and a table's values go under their names."""

import unicodedata
from collections.abc import Iterator

import msgspec
import pytest
from msgspec.structs import replace
from PIL import Image

from kiosk.domain.paper import PaperSetup, Template
from kiosk.domain.procedure import Procedure
from kiosk.domain.receipt import GridBlock, Receipt
from printers.drawing import door, facts, grid
from printers.drawing.fonts import Face
from printers.drawing.lines import Paragraph
from printers.drawing.raster import draw
from printers.drawing.sheet import LABEL, Sheet
from tests.receipts.parts import CATALOGUE, SITE
from tools.papers import Sample, paper_of

JOINTS = set("-/.:")
"""What consists of parts may be read in its parts: a code, an address, a law's number."""


def widest_word(procedure: Procedure) -> float:
    words = f"{procedure.short} {procedure.name_en}".split()
    return max(Face(LABEL).width(word) for word in words if not JOINTS & set(word))


WIDEST = sorted(CATALOGUE.procedures, key=widest_word)[-6:]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is set from here on; what was drawn before is drawn again."""
    seen: list[str] = []
    real = Paragraph.draw

    def noted(self: Paragraph, *place: object) -> float:
        seen.extend(self.lines)
        return real(self, *place)  # type: ignore[arg-type]

    monkeypatch.setattr(Paragraph, "draw", noted)
    for kept in (door.draw_queue, facts.draw_checklist):
        kept.cache_clear()
    return seen


def words_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield from unicodedata.normalize("NFC", value).split()
        case dict():
            yield from words_in(list(value.values()))
        case list() | tuple():
            for one in value:
                yield from words_in(one)


@pytest.mark.parametrize("language", ["vi", "en", "vi+en"])
@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("template", Template)
def test_every_word_on_every_paper_is_whole(template: Template, width: int, language: str, lines: list[str]) -> None:
    first, _, second = language.partition("+")
    site = replace(SITE, paper=PaperSetup(second_language=second))
    for procedure in WIDEST:
        receipt = paper_of(template, Sample(site, procedure, first, width, extreme=True))
        lines.clear()
        draw(receipt, width)
        assert lines
        known = set(words_in(msgspec.to_builtins(receipt)))
        parts = {word for word in known if JOINTS & set(word)}
        for word in {word for line in lines for word in line.split()} - known - {"·", "/"}:
            assert any(word in whole for whole in parts), f"{word!r} is a piece of a word"


def rows_of(headings: tuple[str, ...], width: int) -> list[int]:
    """Return how many pieces stand beside each other in each row of a table."""
    block, sheet = GridBlock(headings, (("Tờ khai đăng ký khai sinh", "1", "0", "0"),)), Sheet(width)
    cells = grid.cells_of(block, sheet)
    image: Image.Image = draw(Receipt((block,)), width)
    assert image.height > 60
    return [len(row) for row in cells]


def test_values_stand_beside_under_or_in_a_line_as_their_headings_need() -> None:
    short, long = ("Giấy", "Bản chính", "Bản sao", "Bản photo"), ("Paper", "Original", "Certified copy", "Photocopy")
    longest = ("Paper", "Originals", "Authentication", "Photocopies")
    assert rows_of(short, 576) == [4, 4]
    assert rows_of(long, 576) == [1, 3, 1, 3]
    assert rows_of(short, 384) == [1, 3, 1, 3]
    assert rows_of(longest, 384) == [1, 1]
