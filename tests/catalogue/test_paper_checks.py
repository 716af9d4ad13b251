"""What a centre wrote about its paper is judged when it is read, with file, place and what to write."""

import copy
import io
import json
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk import typefaces
from kiosk.catalogue import cli
from kiosk.catalogue.logo import HIGHEST_DOTS, WIDEST_DOTS, LogoError, check_logo
from kiosk.catalogue.site_file import SiteError, load_site
from kiosk.domain.paper import PaperSetup, Template
from kiosk.domain.receipt import LogoBlock, Receipt
from printers.drawing.raster import draw
from tests.catalogue.sources import SITE_FILE
from tests.receipts.parts import CATALOGUE, all_of
from tools.papers import paper_of, sample_of

DEMO = json.loads(SITE_FILE.read_bytes())


def png(size: tuple[int, int] = (200, 80), mode: str = "1", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, "PNG", **more)
    return out.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(**paper: Any) -> Path:
        tree = copy.deepcopy(DEMO) | {"paper": paper}
        (tmp_path / "centre.json").write_text(json.dumps(tree), "utf-8")
        return tmp_path / "centre.json"

    return write


FULL = {
    "qr_level": "H",
    "second_language": "en",
    "header": [{"vi": "UBND xã Vàm Đước, {date}", "en": "People's Committee"}],
    "footer": [{"vi": "Đường dây nóng 1022"}],
    "late_after": "14:30",
    "dossier_forms": [{"valid_from": "2025-09-15", "name": {"vi": "Mẫu số 01"}}],
    "ticket": {"extra": [{"vi": "Số {number} hàng {queue}"}], "hide": ["ahead"], "logo": False},
    "day": {"language": "vi", "second_language": ""},
}


def test_a_whole_table_is_read(written: Callable[..., Path]) -> None:
    paper = load_site(written(**FULL)).paper
    assert (paper.qr_level, paper.late_after, paper.ticket.hide) == ("H", "14:30", ("ahead",))
    assert load_site(SITE_FILE).paper == PaperSetup()


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ({"colour": "red"}, "`colour`"),
        ({"ticket": {"hedaer": []}}, "`hedaer` - at `$.paper.ticket`"),
        ({"ticket": {"header": "x"}}, "$.paper.ticket.header"),
        ({"header": [{"vi": "{number}"}]}, "paper.header[0].vi asks for “{number}”; it can be filled with {centre}"),
        ({"ticket": {"extra": [{"vi": "{numbr}"}]}}, "paper.ticket.extra[0].vi asks for “{numbr}”"),
        ({"ticket": {"extra": [{"vi": "{"}]}}, "paper.ticket.extra[0].vi has a brace without its other half"),
        ({"ticket": {"extra": [{"vi": "{date.year}"}]}}, "brace"),
        ({"day": {"extra": [{"vi": "{queue}"}]}}, "paper.day.extra[0].vi asks for “{queue}”"),
        ({"footer": [{"en": "Bye"}]}, "paper.footer[0] has no Vietnamese wording"),
        ({"footer": [{"vi": "漢字"}]}, "paper.footer[0].vi has letters that no typeface here can print: 漢 (U+6F22)"),
        ({"footer": [{"vi": "x" * 301}]}, "paper.footer[0].vi has 301 letters"),
        ({"footer": [{"vi": "x"}] * 9}, "paper.footer has 9 lines"),
        ({"more_papers": {"header": [{"vi": "PHIẾU YÊU CẦU BỔ SUNG"}]}}, "paper.more_papers.header[0].vi calls a list"),
        (
            {"checklist": {"extra": [{"vi": "Theo mẫu số 02"}]}},
            "paper.checklist.extra[0].vi calls a list of papers form 02",
        ),
        ({"footer": [{"vi": "Mời", "en": "This is form 02"}]}, "paper.footer[0].en calls a list of papers form 02"),
        ({"ticket": {"hide": ["number"]}}, "paper.ticket.hide names “number”; these can be left out: what_for, where"),
        ({"dossier": {"hide": ["papers"]}}, "paper.dossier.hide names “papers”"),
        ({"language": "fr"}, "paper asks for the language “fr”; paper speaks en, vi."),
        ({"language": "en", "second_language": "en"}, "paper.second_language is “en”, as language is; name another"),
        ({"ticket": {"second_language": "km"}}, "paper.ticket asks for the language “km”"),
        ({"qr_level": "m"}, "paper.qr_level is “m”; write one of L, M, Q, H."),
        ({"late_after": "3pm"}, "paper.late_after is “3pm”; write an hour as 15:00."),
        ({"dossier_forms": [{"valid_from": "15/9/2025", "name": {"vi": "x"}}]}, "paper.dossier_forms[0].valid_from"),
        ({"dossier_forms": [{"valid_from": "2025-09-15", "name": {}}]}, "paper.dossier_forms[0].name has no Viet"),
        ({"logo": "nowhere.png"}, "paper.logo: cannot read the logo"),
        ({"logo": "centre.json"}, "paper.logo: the logo is not a PNG; save it as one, in grey."),
        ({"picture": "aGFsbG8="}, "paper.picture is not written by hand"),
    ],
)
def test_a_fault_is_said_with_file_place_and_what_to_write(
    written: Callable[..., Path], paper: dict[str, Any], says: str
) -> None:
    with pytest.raises(SiteError) as caught:
        load_site(written(**paper))
    assert says in str(caught.value)
    assert "centre.json" in str(caught.value)


def test_catalogue_check_reports_it_too_in_the_readers_language(written: Callable[..., Path]) -> None:
    said: list[str] = []
    path = written(footer=[{"vi": "{ngay}"}], qr_level="x")
    assert cli.run_check(Path("nothing.json"), path, "vi", said.append) == cli.FAILED
    [text] = said
    assert "paper.footer[0].vi ghi “{ngay}”, chỗ này điền được {centre}, {province}" in text
    assert "centre.json, paper.qr_level là “x”" in text


def test_a_name_that_cannot_be_printed_is_refused_with_the_set_up(tmp_path: Path) -> None:
    tree = copy.deepcopy(DEMO)
    tree["queues"][0]["name"]["vi"] = "Hộ tịch ☎"
    (tmp_path / "site.json").write_text(json.dumps(tree), "utf-8")
    with pytest.raises(SiteError, match=r"queues A\.vi has letters .*U\+260E"):
        load_site(tmp_path / "site.json")


def test_a_missing_or_broken_typeface_is_said_when_the_set_up_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typefaces, "KHMER", tmp_path / "gone.ttf")
    with pytest.raises(SiteError, match=r"gone\.ttf cannot be read .*Install Mời again"):
        load_site(SITE_FILE)


WHOLE = typefaces.LATIN[0].read_bytes()


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0\1\0\0\0\1" + b"\0" * 40,
        WHOLE[: len(WHOLE) // 5],
        WHOLE[:-1000],
        WHOLE[: len(WHOLE) // 2] + bytes([WHOLE[len(WHOLE) // 2] ^ 1]) + WHOLE[len(WHOLE) // 2 + 1 :],
    ],
    ids=["empty", "no tables", "a fifth", "cut off", "one bit lost"],
)
def test_a_typeface_that_lost_anything_is_said_when_the_set_up_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes
) -> None:
    """The drawing library opens it all the same and prints white."""
    (tmp_path / "broken.ttf").write_bytes(broken)
    monkeypatch.setattr(typefaces, "LATIN", (*typefaces.LATIN[1:], tmp_path / "broken.ttf"))
    with pytest.raises(SiteError, match=r"broken\.ttf is broken.*Install Mời again"):
        load_site(SITE_FILE)


@pytest.mark.parametrize(("mode", "depth"), [("1", 1), ("L", 8)])
def test_a_logo_stands_on_top_of_every_paper_dot_for_dot(written: Callable[..., Path], mode: str, depth: int) -> None:
    path = written(logo="logo.png", day={"logo": False})
    picture = png((WIDEST_DOTS, HIGHEST_DOTS), mode)
    (path.parent / "logo.png").write_bytes(picture)
    assert picture[24] == depth
    site = load_site(path)
    for width in (576, 384):
        for template in Template:
            receipt = paper_of(template, sample_of(site, CATALOGUE, "vi", width))
            assert {block.picture for block in all_of(receipt, LogoBlock)} == (
                set() if template is Template.DAY else {picture}
            )
    paper = draw(paper_of(Template.TICKET, sample_of(site, CATALOGUE, "vi", 576)), 576)
    left = (576 - WIDEST_DOTS) // 2
    shown = paper.crop((left, 0, left + WIDEST_DOTS, HIGHEST_DOTS)).convert("L")
    grey = Image.open(io.BytesIO(picture)).convert("L").point(lambda value: 255 * (value >= 140))
    assert shown.tobytes() == grey.tobytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def made(depth: int = 8, *, width: int = 40, packing: int = 0, filtering: int = 0, row: int = 0) -> bytes:
    """A PNG whose every sum is right, whatever it says."""
    head = struct.pack(">IIBBBBB", width, 20, depth, 0, packing, filtering, 0)
    rows = zlib.compress((bytes([row]) + b"\x10" * ((width * depth + 7) // 8)) * 20)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A small file whose rows would fill the memory."""
    head = struct.pack(">IIBBBBB", 100, 100, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (lambda: png((WIDEST_DOTS + 1, 10)), "use at most 352 × 240"),
        (lambda: png((10, HIGHEST_DOTS + 1)), "use at most 352 × 240"),
        (lambda: png(mode="RGB"), "plain grey PNG"),
        (lambda: png(mode="LA"), "plain grey PNG"),
        (lambda: png(mode="P"), "plain grey PNG"),
        (lambda: png()[:-20], "broken"),
        (lambda: png()[:60] + b"?" + png()[61:], "broken"),
        (lambda: png()[:8], "broken"),
        (lambda: b"GIF89a", "not a PNG"),
        (lambda: b"", "not a PNG"),
        (lambda: png() + b"\0" * 70_000, "at most 65536"),
        (bomb, "broken"),
        (lambda: made(16), "16 bits a dot"),
        (lambda: made(3), "plain grey PNG"),
        (lambda: made(width=0), "broken"),
        (lambda: made(packing=1), "broken"),
        (lambda: made(filtering=1), "broken"),
        (lambda: made(row=7), "broken"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_refused_with_a_reason(picture: Callable[[], bytes], says: str) -> None:
    with pytest.raises(LogoError) as caught:
        check_logo(picture())
    assert says in str(caught.value)


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_a_logo_of_any_grey_is_drawn(depth: int) -> None:
    check_logo(made(depth))
    assert draw(Receipt((LogoBlock(made(depth)),)), 384).getextrema() == (0, 255)


@pytest.mark.parametrize(
    "remark",
    [chunk(b"pHYs", b"?"), chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 5_000_000)), chunk(b"tRNS", b"\0\x10")],
    ids=["size", "text", "see-through"],
)
def test_what_only_describes_a_logo_stays_out_of_the_paper(written: Callable[..., Path], remark: bytes) -> None:
    """A drawing library that reads it would fail, or draw something else, at every ticket."""
    path = written(logo="logo.png")
    (path.parent / "logo.png").write_bytes(made()[:33] + remark + made()[33:])
    assert load_site(path).paper.picture == made()
