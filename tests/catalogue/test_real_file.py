"""The catalogue that is shipped, number by number: a change in the import must be seen and meant."""

import unicodedata
from collections import Counter

from kiosk.catalogue import store
from kiosk.catalogue.report import Severity
from kiosk.domain.procedure import DocumentKind, TimeUnit
from tests.catalogue.sources import CATALOGUE_FILE, demo_site, real


def test_eighty_seven_of_the_eighty_eight_rows_are_taken_and_the_one_without_a_code_is_refused() -> None:
    catalogue, report = real()
    assert (report.rows, report.accepted, len(catalogue.procedures)) == (88, 87, 87)
    (refused,) = report.refused
    assert (refused.row, refused.name, refused.field) == (86, "Trợ cấp thờ cúng liệt sĩ", "code")
    assert refused.reason.say("vi") == "Thiếu mã thủ tục; không có mã quốc gia thì không phân biệt được thủ tục."


def test_what_else_should_be_looked_at_is_exactly_known() -> None:
    _, report = real()
    assert {(p.row, p.field) for p in report.problems if p.severity is Severity.WARNING} == {
        (13, "documents[4].note"),
        *((row, "field_vi") for row in (31, 32, 33, 34, 35)),
        *((row, "fee_text") for row in (27, 28, 36, 39)),
        (66, "name_vi"),
        *((row, "verified") for row in (82, 85, 87, 88)),
    }


def test_the_shipped_catalogue_is_what_the_import_makes_byte_for_byte() -> None:
    catalogue, _ = real()
    assert CATALOGUE_FILE.read_bytes() == store.encode(catalogue)


def test_it_is_sorted_and_says_where_and_when_it_was_read() -> None:
    catalogue, _ = real()
    keys = [p.key for p in catalogue.procedures]
    assert keys == sorted(set(keys))
    assert catalogue.as_of.startswith("2026-07")
    assert catalogue.source.split(", ")[0] == "dichvucong.gov.vn"
    assert "đối chiếu với quyết định công bố" in catalogue.disclaimer


def test_no_text_is_decomposed() -> None:
    assert unicodedata.is_normalized("NFC", CATALOGUE_FILE.read_text("utf-8"))


def test_every_procedure_has_a_queue_that_takes_it() -> None:
    catalogue, _ = real()
    assert all(demo_site().queue_of_field(p.field) for p in catalogue.procedures)


def test_eighteen_procedures_are_decided_by_the_province() -> None:
    catalogue, _ = real()
    assert sum(p.assisted for p in catalogue.procedures) == 18
    assert not any(p.assisted for p in catalogue.procedures if p.level != "province")


def test_six_procedures_know_the_15_oclock_rule() -> None:
    catalogue, _ = real()
    assert {p.key for p in catalogue.procedures if p.same_day_until_15} == {
        *("1.001193", "1.000894", "1.000656", "2.000635", "2.000815", "1.011443")
    }


def test_papers_are_handed_in_shown_or_not_asked_for() -> None:
    catalogue, _ = real()
    kinds = Counter(d.kind for p in catalogue.procedures for d in p.documents)
    assert kinds == {DocumentKind.SUBMIT: 263, DocumentKind.SHOW: 31, DocumentKind.NOTE: 4}
    notes = {d.name for p in catalogue.procedures for d in p.documents if d.kind is DocumentKind.NOTE}
    assert notes == {"Phiếu CC01"}


def test_a_birth_is_registered_as_the_domain_facts_say() -> None:
    birth = real()[0].find("1.001193")
    assert birth is not None
    assert (birth.time_limit_days, birth.time_unit, birth.fee_vnd) == (0, TimeUnit.SAME_DAY, 0)
    submit = [d.name for d in birth.documents if d.kind is DocumentKind.SUBMIT and not d.conditional]
    show = [d.name.split(" (")[0] for d in birth.documents if d.kind is DocumentKind.SHOW]
    assert submit == ["Tờ khai đăng ký khai sinh theo mẫu", "Giấy chứng sinh"]
    assert show == ["Giấy tờ tùy thân", "Giấy tờ chứng minh thông tin về cư trú"]


def test_the_longest_name_is_kept_whole() -> None:
    catalogue, _ = real()
    assert max(len(p.name) for p in catalogue.procedures) == 569
    assert max(len(p.short) for p in catalogue.procedures) == 58


def test_no_procedure_is_called_free_by_its_flag_alone() -> None:
    catalogue, _ = real()
    assert all(p.fee_text for p in catalogue.procedures if p.fee_vnd is not None)
