from datetime import UTC, datetime

import msgspec
import pytest

from kiosk.domain.receipt import (
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    TableBlock,
    TextBlock,
)
from kiosk.domain.site import Site
from kiosk.receipts import TicketFacts, checklist_receipt, ticket_receipt
from tests.receipts.parts import AT, CATALOGUE, SITE, URL, all_of, everything, procedure, texts

FACTS = TicketFacts("A027", "A", AT, URL, (1, 2), 3, 10, 20)
BIRTH = procedure("1.001193")


def test_a_ticket_says_what_the_look_shows_from_top_to_bottom() -> None:
    receipt = ticket_receipt(SITE, 1, FACTS, "vi", procedure=BIRTH, missing=(1,), icon="baby-carriage")
    assert texts(receipt)[0] == "Trung tâm Phục vụ hành chính công\nxã Vàm Đước, Cà Mau"
    assert all_of(receipt, NumberBlock) == [NumberBlock("A027", "Số của bạn")]
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Đăng ký khai sinh", "Hộ tịch", "baby-carriage")]
    assert all_of(receipt, TableBlock) == [
        TableBlock((("Mời tới", "Quầy 1 hoặc 2\nkhu A"), ("Phía trước", "3 người\nchờ 10–20 phút")))
    ]
    assert texts(receipt)[1:3] == ["Còn thiếu: Giấy chứng sinh.", "Hỏi cán bộ ở quầy cách bổ sung."]
    (qr,) = all_of(receipt, QrBlock)
    assert (qr.data, qr.title) == (URL, "Quét mã này")
    foot = all_of(receipt, TextBlock)[-1]
    assert (foot.text, foot.right) == ("8:42, Thứ Hai 23/11/2026", "Máy 1")
    assert isinstance(receipt.blocks[-1], CutBlock)


def test_an_english_ticket_keeps_the_official_names_of_papers() -> None:
    receipt = ticket_receipt(SITE, 1, FACTS, "en", procedure=BIRTH, missing=(1,))
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Birth registration", "Đăng ký khai sinh")]
    assert "Still missing: Giấy chứng sinh." in texts(receipt)
    assert all_of(receipt, TableBlock)[0].columns[0] == ("You will be called to", "Counter 1 or 2\nzone A")
    assert all_of(receipt, TextBlock)[-1].text == "8:42, Monday 23/11/2026"


def test_a_ticket_for_a_field_only_shows_the_queue() -> None:
    receipt = ticket_receipt(SITE, 1, FACTS, "vi", missing=(0,))
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Hộ tịch")]
    assert not any("thiếu" in text for text in texts(receipt))


def test_an_offline_ticket_leaves_out_what_nobody_knows() -> None:
    receipt = ticket_receipt(SITE, 2, TicketFacts("A2-015", "A", AT), "vi", procedure=BIRTH)
    assert all_of(receipt, TableBlock) == [TableBlock((("Mời tới", "khu A"),))]
    assert all_of(receipt, QrBlock) == []


def test_a_promised_number_says_when_to_come_and_nothing_of_who_is_ahead_now() -> None:
    promised = msgspec.structs.replace(FACTS, promised_at=AT + 24 * 3600 * 1000)
    [table] = all_of(ticket_receipt(SITE, 2, promised, "vi", procedure=BIRTH), TableBlock)
    at = SITE.local(promised.promised_at)
    assert [name for name, _ in table.columns] == ["Mời đến", "Từ"]
    assert f"{at:%d/%m/%Y}" in table.columns[0][1]
    assert "tự vào hàng chờ" in table.columns[1][1]


@pytest.mark.parametrize(
    ("counters", "where"),
    [((3,), "Quầy 3"), ((1, 2), "Quầy 1 hoặc 2"), ((1, 2, 3), "Quầy 1, 2 hoặc 3"), ((), "khu A")],
)
def test_the_counters_are_said_in_words(counters: tuple[int, ...], where: str) -> None:
    facts = msgspec.structs.replace(FACTS, counters=counters)
    assert all_of(ticket_receipt(SITE, 1, facts, "vi"), TableBlock)[0].columns[0][1].split("\n")[0] == where


@pytest.mark.parametrize(
    ("ahead", "low", "high", "vi", "en"),
    [
        (3, 10, 20, "3 người\nchờ 10–20 phút", "3 people\nwait 10–20 minutes"),
        (1, 5, 5, "1 người\nchờ khoảng 5 phút", "1 person\nwait about 5 minutes"),
        (1, 0, 5, "1 người\nchờ dưới 5 phút", "1 person\nwait up to 5 minutes"),
        (0, 0, 0, "Không có ai\ntới liền", "Nobody\nvery soon"),
        (2, None, None, "2 người", "2 people"),
    ],
)
def test_the_wait_is_said_in_words(ahead: int, low: int | None, high: int | None, vi: str, en: str) -> None:
    facts = msgspec.structs.replace(FACTS, ahead=ahead, wait_low=low, wait_high=high)
    for language, value in (("vi", vi), ("en", en)):
        assert all_of(ticket_receipt(SITE, 1, facts, language), TableBlock)[0].columns[1][1] == value


def test_many_missing_papers_are_counted_and_positions_nobody_knows_are_passed_over() -> None:
    receipt = ticket_receipt(SITE, 1, FACTS, "vi", procedure=BIRTH, missing=(4, 3, 2, 1, 0, 99, -1, 1))
    (line,) = [text for text in texts(receipt) if text.startswith("Còn thiếu")]
    assert line.startswith("Còn thiếu: Tờ khai đăng ký khai sinh theo mẫu; Giấy chứng sinh; Biên bản")
    assert line.endswith("; và 2 giấy nữa.")


def test_a_copy_says_so_and_the_first_paper_does_not() -> None:
    assert "Bản in lại" in texts(ticket_receipt(SITE, 1, FACTS, "vi", copy=True))
    assert "Bản in lại" not in texts(ticket_receipt(SITE, 1, FACTS, "vi"))


def test_time_is_on_the_centres_own_clock() -> None:
    late = int(datetime(2026, 11, 22, 17, 5, tzinfo=UTC).timestamp() * 1000)
    facts = msgspec.structs.replace(FACTS, issued_at=late)
    assert all_of(ticket_receipt(SITE, 1, facts, "vi"), TextBlock)[-1].text == "0:05, Thứ Hai 23/11/2026"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_name_of_a_person_and_no_priority_can_be_on_paper(language: str) -> None:
    ticket = everything(ticket_receipt(SITE, 1, FACTS, language, procedure=BIRTH, missing=(0, 1)))
    checklist = everything(checklist_receipt(SITE, 1, BIRTH, language, have=(0,), at_ms=AT))
    secret = [member.name for member in SITE.staff] + [name for p in SITE.priority for name in p.name.values()]
    assert not [text for text in secret if text in ticket + checklist]


def test_a_centre_with_another_name_is_headed_by_it() -> None:
    site = msgspec.structs.replace(SITE, info=msgspec.structs.replace(SITE.info, name={"vi": "Một cửa"}))
    assert texts(ticket_receipt(site, 1, FACTS, "en"))[0] == "Một cửa, Ca Mau"


def test_a_checklist_says_what_the_look_shows() -> None:
    receipt = checklist_receipt(SITE, 1, BIRTH, "vi", have=(0, 5), at_ms=AT)
    assert all_of(receipt, NumberBlock) == [NumberBlock("Đăng ký khai sinh", "Giấy tờ cần có")]
    assert all_of(receipt, TableBlock) == [TableBlock((("Lệ phí", "Miễn phí"), ("Trả kết quả", "Trong ngày")))]
    assert "Nộp sau 15:00: trả ngày làm việc kế tiếp." in texts(receipt)
    submit, show = all_of(receipt, ChecklistBlock)
    assert [has for _, has in submit.rows] == [True, False, False, False, False]
    assert [has for _, has in show.rows] == [True, False]
    assert submit.rows[1][0].startswith("Giấy chứng sinh\n1 bản chính. Chưa có\nKhông có thì văn bản")
    assert submit.rows[1][0].endswith("\nNơi lấy: cơ sở y tế nơi sinh")
    assert not [name for block in (submit, show) for name, has in block.rows if has and "Nơi lấy" in name]
    assert submit.rows[2][0] == "Biên bản về việc trẻ bị bỏ rơi\n1 bản chính\nChỉ trường hợp trẻ bị bỏ rơi"
    assert "Không phải nộp thêm giấy nào ngoài danh mục đã công bố." in texts(receipt)
    assert "Theo Quyết định 163/QĐ-BTP" in texts(receipt)
    (qr,) = all_of(receipt, QrBlock)
    assert qr.data.startswith("https://dichvucong.gov.vn/")
    foot = all_of(receipt, TextBlock)[-1]
    assert (foot.text, foot.right) == ("8:42, Thứ Hai 23/11/2026", "Máy 1")


def test_a_form_the_office_prints_has_no_box() -> None:
    receipt = checklist_receipt(SITE, 1, procedure("1.014061"), "vi", have=(), at_ms=AT)
    rows = all_of(receipt, ChecklistBlock)[-1].rows
    assert [(text.rpartition("\n")[0], has) for text, has in rows] == [("Phiếu CC01\nKhỏi mang", None)]


def test_an_english_checklist_says_that_papers_keep_their_names() -> None:
    receipt = checklist_receipt(SITE, 1, BIRTH, "en", have=(), at_ms=AT)
    assert "Papers keep their official Vietnamese names." in texts(receipt)
    assert "Đăng ký khai sinh" in texts(receipt)
    row = all_of(receipt, ChecklistBlock)[0].rows[1][0]
    assert row.startswith("Giấy chứng sinh\n1 original\nKhông có thì")
    assert row.endswith("\nWhere to get it: cơ sở y tế nơi sinh")


def test_nothing_is_called_missing_before_she_has_said_what_she_has() -> None:
    for have in ((), (0,)):
        rows = all_of(checklist_receipt(SITE, 1, BIRTH, "vi", have=have, at_ms=AT), ChecklistBlock)[0].rows
        assert ("Chưa có" in rows[1][0]) == bool(have)


def test_what_the_province_decides_and_what_is_not_checked_is_said() -> None:
    assisted = checklist_receipt(SITE, 1, procedure("1.012783"), "vi", have=(), at_ms=AT)
    assert "Tỉnh giải quyết, trung tâm nhận hồ sơ giúp." in texts(assisted)
    unchecked = checklist_receipt(SITE, 1, procedure("1.014027"), "vi", have=(), at_ms=AT)
    assert "Danh mục này chưa được đối chiếu, mời hỏi cán bộ ở quầy." in texts(unchecked)


def test_a_fee_with_conditions_is_printed_with_its_own_text() -> None:
    house = procedure("1.013225")
    receipt = checklist_receipt(SITE, 1, house, "vi", have=(), at_ms=AT)
    assert all_of(receipt, TableBlock)[0].columns[0] == ("Lệ phí", "Theo mức tỉnh quy định")
    assert house.fee_text in texts(receipt)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_procedure_of_the_catalogue_has_both_papers(language: str) -> None:
    for one in CATALOGUE.procedures:
        queue = SITE.queue_of_field(one.field)
        assert queue is not None
        facts = msgspec.structs.replace(FACTS, queue=queue.id)
        asked = [i for i, document in enumerate(one.documents) if document.asked]
        for receipt in (
            ticket_receipt(SITE, 1, facts, language, procedure=one, missing=asked),
            checklist_receipt(SITE, 1, one, language, have=asked, at_ms=AT),
        ):
            assert "{" not in "".join(texts(receipt))
            assert msgspec.json.decode(everything(receipt), type=tuple[AnyBlock, ...]) == receipt.blocks
        assert sum(len(block.rows) for block in all_of(receipt, ChecklistBlock)) == len(one.documents)


def test_a_queue_this_site_does_not_have_still_gets_its_paper() -> None:
    site: Site = msgspec.structs.replace(SITE, queues=())
    receipt = ticket_receipt(site, 1, FACTS, "vi")
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "")]
