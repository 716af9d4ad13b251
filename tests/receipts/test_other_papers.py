"""Every paper but the ticket and the checklist says what it must, and no more."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from kiosk.domain.hall_events import DayReport
from kiosk.domain.paper import HIDEABLE, PaperSetup, PaperTemplate, Template
from kiosk.domain.receipt import (
    ChecklistBlock,
    CutBlock,
    GridBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    TableBlock,
    WidthBlock,
    WriteBlock,
)
from kiosk.ports import PrinterStatus
from kiosk.receipts import (
    AppointmentFacts,
    DayFacts,
    DossierFacts,
    HandedIn,
    MorePapersFacts,
    PrinterFacts,
    RollTicket,
    TicketFacts,
    appointment_receipt,
    day_receipt,
    dossier_receipt,
    more_papers_receipt,
    printer_receipt,
    read_roll_code,
    record_of,
    result_receipt,
    roll_receipt,
)
from kiosk.receipts.roll import roll_number
from tests.domain.moments import at
from tests.factory import SITE as HALL
from tests.factory import Play
from tests.receipts.parts import AT, CATALOGUE, SITE, URL, all_of, everything, procedure, texts
from tools.papers import Sample, paper_of

HOUR = 3600 * 1000
BIRTH = procedure("1.001193")
CODE = "000.00.06.H12-261123-0361"
TOKEN = "7q4kz2m9xt3hb6wd"
TOKEN_OF_FIRST = "0q4kz2m9xt3hb6wd"


def hall_time(text: str) -> int:
    """A moment on the centre's clock, "2026-11-23 15:01"."""
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp() * 1000)


def test_papers_to_bring_are_named_with_until_when_and_which_counter() -> None:
    facts = MorePapersFacts("A027", "A", AT, AT + 2 * HOUR, 2, URL)
    receipt = more_papers_receipt(SITE, 0, facts, "vi", procedure=BIRTH, missing=(1,))
    assert all_of(receipt, NumberBlock) == [NumberBlock("A027", "Giấy tờ cần mang thêm")]
    assert all_of(receipt, TableBlock) == [
        TableBlock((("Trở lại trước", "10:42\nThứ Hai 23/11/2026"), ("Mời tới", "Quầy 2\nkhu A")))
    ]
    [papers] = all_of(receipt, ChecklistBlock)
    assert [(name.split("\n")[0], has) for name, has in papers.rows] == [("Giấy chứng sinh", False)]
    assert "Bản hướng dẫn, không thay phiếu của cán bộ." in texts(receipt)
    assert "Nhớ mang theo cả phiếu số: máy đọc mã trên đó." not in texts(receipt), "this one bears the code itself"


def test_a_list_without_a_code_says_to_bring_the_ticket_which_has_one() -> None:
    receipt = more_papers_receipt(SITE, 1, MorePapersFacts("A027", "A", AT, AT), "vi", procedure=BIRTH, missing=(1,))
    assert all_of(receipt, QrBlock) == []
    assert "Nhớ mang theo cả phiếu số: máy đọc mã trên đó." in texts(receipt)


def test_nothing_beyond_the_published_list_can_be_asked_for() -> None:
    facts = MorePapersFacts("A027", "A", AT, AT + HOUR)
    receipt = more_papers_receipt(SITE, 0, facts, "vi", procedure=BIRTH, missing=(1, 99, -1, 1))
    assert [len(block.rows) for block in all_of(receipt, ChecklistBlock)] == [1]


@pytest.mark.parametrize("template", [Template.CHECKLIST, Template.MORE_PAPERS])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_list_of_papers_calls_itself_form_02(template: Template, language: str) -> None:
    for one in CATALOGUE.procedures:
        receipt = paper_of(template, Sample(SITE, one, language, 576, extreme=True))
        said = everything(receipt).lower()
        # A paper of the list may itself be made by "Mẫu số 02" of another circular; our own words may not say so.
        named = {document.name for document in one.documents} | {document.note for document in one.documents}
        for text in sorted({one.name, one.short, one.fee_text, *named}, key=len, reverse=True):
            said = said.replace(text.lower(), "") if text else said
        assert "mẫu số 02" not in said
        assert "phiếu yêu cầu bổ sung" not in said
        assert "form 02" not in said


def test_an_appointment_says_its_hour_largest_and_what_to_bring() -> None:
    facts = AppointmentFacts("A", hall_time("2026-11-26 08:30"), AT, "", URL)
    receipt = appointment_receipt(SITE, 1, facts, "vi", procedure=BIRTH)
    assert all_of(receipt, NumberBlock) == [NumberBlock("8:30", "Giờ hẹn")]
    assert "Thứ Năm 26/11/2026" in texts(receipt)
    assert [len(block.rows) for block in all_of(receipt, ChecklistBlock)] == [
        len([document for document in BIRTH.documents if document.asked])
    ]
    assert [block.data for block in all_of(receipt, QrBlock)] == [URL]


def test_a_result_slip_shows_only_the_end_of_the_dossiers_code() -> None:
    receipt = result_receipt(SITE, 1, TicketFacts("A027", "A", AT, URL, (1,)), "vi", dossier=CODE)
    assert all_of(receipt, QueueBlock) == [QueueBlock("A", "Nhận kết quả", "hồ sơ có đuôi 0361")]
    assert CODE not in everything(receipt)
    assert "Cầm sẵn giấy tiếp nhận hồ sơ." in texts(receipt)


def dossier(at: str = "2026-11-23 08:42", key: str = "1.001193"):
    facts = DossierFacts(CODE, "A", hall_time(at), (HandedIn("Tờ khai", 1), HandedIn("Giấy chứng sinh", 0, 1, 2)))
    return dossier_receipt(SITE, 0, facts, "vi", procedure=procedure(key))


def test_form_01_is_printed_twice_with_all_its_fields_and_three_kinds_of_copy() -> None:
    receipt = dossier()
    assert [block.caption for block in all_of(receipt, NumberBlock)] == ["Bản lưu", "Bản giao công dân"]
    assert len(all_of(receipt, CutBlock)) == 2
    grid, _ = all_of(receipt, GridBlock)
    assert grid.headings == ("Giấy", "Bản chính", "Bản chứng thực", "Bản photo")
    assert grid.rows == (("1. Tờ khai", "1", "0", "0"), ("2. Giấy chứng sinh", "0", "1", "2"))
    labels = [label for block in all_of(receipt, WriteBlock) for label in block.labels]
    assert labels[: len(labels) // 2] == [
        "Chủ hồ sơ",
        "Người nộp hồ sơ",
        "Số căn cước",
        "Địa chỉ",
        "Điện thoại",
        "Email",
        "Nội dung yêu cầu giải quyết",
        "Tiếp nhận",
        "Hẹn trả kết quả",
        "Người nộp hồ sơ (ký)",
        "Người tiếp nhận (ký)",
    ]
    assert "Mẫu số 01, Thông tư 03/2025/TT-VPCP" in texts(receipt)
    assert "Quyển số ………, số thứ tự ………" in texts(receipt)
    assert {block.data for block in all_of(receipt, QrBlock)} == {CODE}


def test_what_came_after_15_00_is_due_on_the_next_working_day_which_is_not_the_holiday() -> None:
    in_time, late = dossier("2026-11-23 15:00"), dossier("2026-11-23 15:01")
    assert all_of(in_time, TableBlock)[0].columns[1] == ("Hẹn trả kết quả", "17:00\nThứ Hai 23/11/2026")
    # 24 November is Vietnam's culture day (DOMAIN §10).
    assert all_of(late, TableBlock)[0].columns[1] == ("Hẹn trả kết quả", "17:00\nThứ Tư 25/11/2026")


def test_a_form_01_from_before_the_circular_does_not_name_it() -> None:
    facts = DossierFacts(CODE, "A", hall_time("2025-09-12 08:00"), (HandedIn("Tờ khai", 1),))
    said = texts(dossier_receipt(SITE, 0, facts, "vi", procedure=BIRTH))
    assert not [text for text in said if "Mẫu số 01" in text]


def test_a_day_report_has_every_figure_who_must_be_told_and_the_journals_head() -> None:
    report = DayReport(163, 151, 6, 4, ("A027", "C003"), 2, 3, 1, 12)
    facts = DayFacts("2026-11-23", report, AT, AT, None, {"A": 12345, "X": 1}, 1204, "ab" * 32)
    receipt = day_receipt(SITE, 0, facts, "vi")
    figures, queues = all_of(receipt, GridBlock)
    assert [value for _, value in figures.rows] == ["163", "151", "6", "4", "2", "2", "3", "1", "12"]
    assert queues.rows == (("A  Hộ tịch", "12\u00a0345"), ("X", "1"))
    assert "A027, C003" in texts(receipt)
    assert "Mở lúc 8:42, chưa đóng" in texts(receipt)
    assert " ".join(["abababababababab"] * 4) in texts(receipt)


def test_a_test_page_says_how_the_printer_is_and_marks_its_width_at_both_ends() -> None:
    receipt = printer_receipt(SITE, 0, PrinterFacts("tcp://p:9100", 384, PrinterStatus.PAPER_LOW, AT), "vi")
    assert all_of(receipt, TableBlock)[0].columns == (
        ("Giấy", "58 mm\n384 điểm"),
        ("Máy in", "sắp hết giấy\ntcp://p:9100"),
    )
    assert isinstance(receipt.blocks[0], WidthBlock)
    assert isinstance(receipt.blocks[-2], WidthBlock)
    for status in PrinterStatus:
        printer_receipt(SITE, 0, PrinterFacts("", 576, status, AT), "vi")


def roll(count: int = 3) -> list[RollTicket]:
    return [RollTicket(roll_number("A", 2, 15 + n), f"{n}q4kz2m9xt3hb6wd"[:16]) for n in range(count)]


def test_each_number_of_the_roll_is_a_paper_of_its_own_with_a_place_to_sign() -> None:
    receipt = roll_receipt(SITE, roll(), "vi", queue="A", public_url="https://a.example", at_ms=AT)
    assert [block.number for block in all_of(receipt, NumberBlock)] == ["A2-015", "A2-016", "A2-017"]
    assert len(all_of(receipt, CutBlock)) == len(all_of(receipt, WriteBlock)) == len(all_of(receipt, QrBlock)) == 3


def test_a_paper_of_the_roll_that_is_scanned_twice_is_one_ticket_of_the_hall() -> None:
    [one] = roll(1)
    read = read_roll_code(one.address("https://a.example/moi/"))
    assert read == one
    play = Play(HALL, at("08:30"))
    fact = record_of(one, HALL, at("08:00"))
    assert play.do(fact) != ()
    assert play.do(record_of(one, HALL, at("08:20"))) == ()
    ticket = play.ticket(fact.ticket_id)
    assert (ticket.number, ticket.queue, ticket.kiosk, ticket.issued_at) == ("A2-015", "A", 2, at("08:00"))
    assert TOKEN_OF_FIRST not in fact.ticket_id


@pytest.mark.parametrize("text", ["", URL, f"https://a.example/t/{TOKEN}#A015", "A2-015", f"/t/{TOKEN}#A2-"])
def test_what_is_no_paper_of_the_roll_is_not_read_as_one(text: str) -> None:
    assert read_roll_code(text) is None


def test_a_form_has_no_line_that_a_setting_could_hide() -> None:
    assert "code" not in HIDEABLE[Template.DOSSIER]  # the form's own bar code
    hidden = PaperSetup(dossier=PaperTemplate(hide=HIDEABLE[Template.DOSSIER]))
    receipt = paper_of(Template.DOSSIER, Sample(replace(SITE, paper=hidden), BIRTH, "vi", 576))
    assert len(all_of(receipt, WriteBlock)) == 18
    assert len(all_of(receipt, QrBlock)) == 2
