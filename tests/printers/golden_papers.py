"""The pictures every paper must look like, dot for dot; `python -m tests.printers.golden_papers` draws them anew.

Look at each one that changed before it is committed: the command believes whatever the program draws today.
"""

import itertools
import sys
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PIL import Image

from kiosk.domain.paper import PaperSetup, Template
from kiosk.i18n import LOCALE_DIR, SOURCE_LANGUAGE
from printers.drawing.raster import draw
from tests.receipts.parts import CATALOGUE, SITE
from tools.papers import paper_of, sample_of

FOLDER = Path(__file__).parent / "golden"
COMMAND = "python -m tests.printers.golden_papers"
WIDTHS = (576, 384)
LANGUAGES = (*sorted({SOURCE_LANGUAGE, *(path.parent.name for path in LOCALE_DIR.glob("*/paper.po"))}), "vi+en")
"""Every bundled one, and two on one paper."""


class Golden(NamedTuple):
    """One picture."""

    template: Template
    width: int
    language: str
    extreme: bool

    def __str__(self) -> str:
        return f"{self.template.value}-{self.width}-{self.language}-{'longest' if self.extreme else 'usual'}"

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self}.png"

    def kept(self) -> Image.Image:
        """Read it."""
        with Image.open(self.path) as opened:
            return opened.convert("1")

    def draw(self) -> Image.Image:
        """Draw it as the program does today."""
        first, _, second = self.language.partition("+")
        site = replace(SITE, paper=PaperSetup(second_language=second))
        return draw(
            paper_of(self.template, sample_of(site, CATALOGUE, first, self.width, extreme=self.extreme)), self.width
        )


ALL = (
    *(Golden(template, width, "vi", False) for template, width in itertools.product(Template, WIDTHS)),
    *(Golden(*each, True) for each in itertools.product(Template, WIDTHS, LANGUAGES)),
)
"""The usual paper in Vietnamese; the longest names, all papers missing and the largest numbers in every language."""


def main() -> int:
    """Draw them all, say which changed, and remove those that nothing asks for any more."""
    FOLDER.mkdir(exist_ok=True)
    for left in set(FOLDER.glob("*.png")) - {golden.path for golden in ALL}:
        left.unlink()
    for golden in ALL:
        image = golden.draw()
        if golden.path.exists() and golden.kept().tobytes() == image.tobytes():
            continue
        image.save(golden.path, "PNG", optimize=True)
        sys.stdout.write(f"{golden.path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
