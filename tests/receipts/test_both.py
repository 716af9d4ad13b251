"""Two languages on one paper: everything is said twice, facts stand there once."""

from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.domain.paper import HIDEABLE, QR_LEVELS, PaperSetup, PaperTemplate, Template
from kiosk.domain.receipt import Align, CutBlock, NumberBlock, QrBlock, QueueBlock, Receipt, Size, TableBlock, TextBlock
from kiosk.receipts.both import compose
from kiosk.receipts.test_page import VIETNAMESE
from kiosk.receipts.voice import Voice
from tests.receipts.parts import AT, CATALOGUE, SITE, all_of, procedure, texts
from tools.papers import Sample, paper_of, sample_of

BIRTH = procedure("1.001193")


def both(template: Template = Template.TICKET, **more: object):
    paper = PaperSetup(second_language="en", **more)
    return paper_of(template, Sample(replace(SITE, paper=paper), BIRTH, "vi", 576))


def test_a_ticket_in_two_languages_says_each_thing_twice_and_each_fact_once() -> None:
    receipt = both()
    assert all_of(receipt, NumberBlock) == [NumberBlock("A027", "Số của bạn / Your number")]
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Đăng ký khai sinh", "Hộ tịch\nBirth registration")]
    [table] = all_of(receipt, TableBlock)
    assert table.columns[0] == ("Mời tới / You will be called to", "Quầy 1 hoặc 2\nkhu A\nCounter 1 or 2\nzone A")
    assert [block.title for block in all_of(receipt, QrBlock)] == ["Quét mã này / Scan this code"]
    assert len(all_of(receipt, QrBlock)) == 1
    said = texts(receipt)
    assert said.index("Hỏi cán bộ ở quầy cách bổ sung.") + 1 == said.index("Ask at the counter how to add it.")


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("first", ["vi", "en"])
def test_every_paper_of_every_procedure_speaks_the_same_blocks_in_all_languages(first: str, template: Template) -> None:
    for one in CATALOGUE.procedures:
        for extreme in (False, True):
            alone, other = (
                paper_of(template, Sample(SITE, one, language, 576, extreme=extreme)) for language in ("vi", "en")
            )
            second = {"vi": "en", "en": "vi"}[first]
            two = replace(SITE, paper=PaperSetup(second_language=second))
            receipt = paper_of(template, Sample(two, one, first, 576, extreme=extreme))
            for kind in (NumberBlock, QrBlock, TableBlock):
                assert len(all_of(receipt, kind)) == len(all_of(alone, kind)) == len(all_of(other, kind))


def test_a_second_language_that_is_the_citizens_own_prints_one() -> None:
    setup = replace(SITE, paper=PaperSetup(second_language="en"))
    assert paper_of(Template.TICKET, Sample(setup, BIRTH, "en", 576)) == paper_of(
        Template.TICKET, Sample(SITE, BIRTH, "en", 576)
    )


def test_a_papers_own_languages_come_before_those_of_all_paper() -> None:
    receipt = both(ticket=PaperTemplate(language="en", second_language="vi"))
    assert all_of(receipt, NumberBlock)[0].caption == "Your number / Số của bạn"
    assert both(Template.DAY, day=PaperTemplate(language="en", second_language="en")) == paper_of(
        Template.DAY, Sample(SITE, BIRTH, "en", 576)
    )


def test_blocks_that_differ_in_kind_are_printed_one_language_after_the_other() -> None:
    def uneven(voice: Voice):
        yield TextBlock(voice.language)
        if voice.language == "en":
            yield NumberBlock("1")

    site = replace(SITE, paper=PaperSetup(second_language="en"))
    receipt = compose(site, 1, Template.TICKET, "vi", AT, uneven)
    assert texts(receipt) == ["vi", "en"]
    assert all_of(receipt, NumberBlock) == [NumberBlock("1")]


def test_a_centres_own_lines_stand_in_their_places_filled_in() -> None:
    paper = PaperSetup(
        header=({"vi": "UBND xã Vàm Đước"}, {"vi": "{centre}", "en": "{centre}"}),
        footer=({"vi": "Đường dây nóng 1022"},),
        ticket=PaperTemplate(
            extra=({"vi": "Số {number}, hàng {queue}, khu {zone}", "en": "Number {number}"},), hide=("ahead", "code")
        ),
    )
    receipt = paper_of(Template.TICKET, Sample(replace(SITE, paper=paper), BIRTH, "vi", 576))
    said = all_of(receipt, TextBlock)
    assert said[0] == TextBlock("UBND xã Vàm Đước\nTrung tâm Phục vụ hành chính công xã Vàm Đước", align=Align.CENTRE)
    assert "Số A027, hàng Hộ tịch, khu A" in texts(receipt)
    assert said[-2] == TextBlock("Đường dây nóng 1022", Size.SMALL, Align.CENTRE)
    assert all_of(receipt, QrBlock) == []
    assert [name for name, _ in all_of(receipt, TableBlock)[0].columns] == ["Mời tới"]


def test_what_is_hidden_is_gone_and_the_rest_is_there() -> None:
    paper = PaperSetup(ticket=PaperTemplate(hide=("what_for", "where", "ahead", "missing", "code", "moment")))
    receipt = paper_of(Template.TICKET, Sample(replace(SITE, paper=paper), BIRTH, "vi", 576))
    assert all_of(receipt, NumberBlock) == [NumberBlock("A027", "Số của bạn")]
    assert len(receipt.blocks) == 3


@pytest.mark.parametrize("template", Template)
def test_the_level_of_a_code_is_the_one_the_centre_set(template: Template) -> None:
    for level in ("", *QR_LEVELS):
        site = replace(SITE, paper=PaperSetup(qr_level=level))
        codes = all_of(paper_of(template, Sample(site, BIRTH, "vi", 576)), QrBlock)
        assert {code.level for code in codes} <= {level}
        assert bool(codes) == (template is not Template.DAY)


@pytest.mark.parametrize("template", [Template.CHECKLIST, Template.DOSSIER])
@pytest.mark.parametrize(("first", "second"), [("vi", "en"), ("en", "vi")])
def test_a_procedures_name_stands_once_in_each_language(template: Template, first: str, second: str) -> None:
    paper = PaperSetup(second_language=second)
    receipt = paper_of(template, Sample(replace(SITE, paper=paper), BIRTH, first, 576))
    copies = sum(isinstance(block, CutBlock) for block in receipt.blocks)
    titles = [block.number for block in all_of(receipt, NumberBlock)]
    said = [line for text in (*titles, *texts(receipt)) for line in text.split("\n")]
    assert [said.count(name) for name in (BIRTH.short, BIRTH.name_en)] == [copies, copies]


def test_what_one_language_repeats_on_purpose_stays() -> None:
    """The test page shows the same words in every size."""
    alone = paper_of(Template.TEST, Sample(SITE, BIRTH, "vi", 576))
    assert texts(both(Template.TEST)).count(VIETNAMESE) == texts(alone).count(VIETNAMESE) > 2


@pytest.mark.parametrize("template", Template)
def test_every_paper_has_the_centres_own_lines_and_every_switch_takes_something_off_it(template: Template) -> None:
    def paper(**own: Any) -> Receipt:
        setup = PaperSetup(**{template.value: PaperTemplate(**own)})
        return paper_of(template, sample_of(replace(SITE, paper=setup), CATALOGUE, "vi", 576))

    lines = {place: ({"vi": f"{place}, {{date}}"},) for place in ("header", "extra", "footer")}
    assert [text for text in dict.fromkeys(texts(paper(**lines))) if text.partition(",")[0] in lines] == [
        f"{place}, 23/11/2026" for place in lines
    ]
    for part in HIDEABLE[template]:
        assert paper(hide=(part,)).blocks != paper().blocks, part
