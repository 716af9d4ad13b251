import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.importer import CatalogueError, check, import_catalogue
from kiosk.catalogue.report import Severity
from kiosk.domain.procedure import DocumentKind, TimeUnit
from tests.catalogue.sources import demo_site, document, import_rows, row, source

DECOMPOSED = unicodedata.normalize("NFD", "Cấp, quản lý căn cước")
"""The field as some real rows hold it: the same letters, as more code points."""


def test_a_right_row_becomes_a_procedure_without_any_problem() -> None:
    catalogue, report = import_rows(row())
    assert report.problems == ()
    assert (report.rows, report.accepted) == (1, 1)
    procedure = catalogue.procedures[0]
    assert (procedure.key, procedure.short, procedure.field) == ("1.001193", "Đăng ký khai sinh", "Hộ tịch")
    assert (procedure.time_limit_days, procedure.time_unit) == (3, TimeUnit.WORKING_DAY)
    assert not procedure.assisted
    assert (catalogue.as_of, catalogue.disclaimer) == ("2026-09", "Mẫu")


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"code": None}, "code", "code is missing"),
        ({"code": ...}, "code", "code is missing"),
        ({"code": "  "}, "code", "code is missing"),
        ({"code": 1.001193}, "code", "Must be text"),
        ({"code": "1001193"}, "code", "is not a procedure code"),
        ({"code": "1.001193.H41 "}, None, ""),
        ({"code": "1.001193.000.00.00.H41"}, None, ""),
        ({"name_vi": ""}, "name_vi", "name is missing"),
        ({"short_vi": None}, "short_vi", "short name is missing"),
        ({"field_vi": ...}, "field_vi", "field is missing"),
        ({"field_vi": "Hàng không"}, "field_vi", "No queue of this centre takes the field “Hàng không”"),
        ({"level": "district"}, "level", "level “district” is not known"),
        ({"level": None}, "level", "level is missing"),
        ({"time_unit": "week"}, "time_unit", "time unit “week” is not known"),
        ({"time_limit_days": -1}, "time_limit_days", "below 0"),
        ({"time_limit_days": "3"}, "time_limit_days", "whole number"),
        ({"time_limit_days": 2.5}, "time_limit_days", "whole number"),
        ({"fee_vnd": -5000}, "fee_vnd", "below 0"),
        ({"fee_vnd": True}, "fee_vnd", "whole number"),
        ({"fee_vnd": 10**15}, "fee_vnd", "too large"),
        ({"fee_text": 0}, "fee_text", "Must be text"),
        ({"verified": "yes"}, "verified", "true or false"),
        ({"documents": None}, "documents", "Must be a list"),
        ({"documents": {}}, "documents", "Must be a list"),
        ({"documents": ["Tờ khai"]}, "documents[1]", "Must be an object"),
        ({"documents": [document(), document(name_vi="")]}, "documents[2].name_vi", "name is missing"),
        ({"documents": [document(original=-1)]}, "documents[1].original", "below 0"),
        ({"documents": [document(copy="1")]}, "documents[1].copy", "whole number"),
        ({"documents": [{"name_vi": "Tờ khai", "original": 1}]}, "documents[1].copy", "Is missing"),
        ({"documents": [document(note=["a"])]}, "documents[1].note", "Must be text"),
    ],
)
def test_a_wrong_row_is_refused_with_row_field_and_reason_and_the_others_are_taken(
    changes: dict[str, Any], field: str | None, reason: str
) -> None:
    before, after = row(code="1.000894"), row(code="1.000656")
    catalogue, report = import_rows(before, row(**changes), after)
    if field is None:
        assert report.accepted == 3
        return
    assert [p.key for p in catalogue.procedures] == ["1.000656", "1.000894"]
    assert (report.rows, report.accepted) == (3, 2)
    problem = next(p for p in report.refused if p.field == field)
    assert problem.row == 2
    assert reason in problem.reason.say()


def test_a_row_with_several_faults_names_them_all() -> None:
    _, report = import_rows(row(code=None, level="x", fee_vnd=-1))
    assert {p.field for p in report.refused} == {"code", "level", "fee_vnd"}


def test_a_row_that_is_no_object_is_refused() -> None:
    _, report = import_rows("Đăng ký khai sinh", None, [])
    assert report.accepted == 0
    assert [p.row for p in report.refused] == [1, 2, 3]


def test_a_code_listed_again_is_refused_even_with_another_suffix_and_names_the_first_row() -> None:
    catalogue, report = import_rows(row(), row(code="1.001193.H41", short_vi="Khác"))
    assert [p.short for p in catalogue.procedures] == ["Đăng ký khai sinh"]
    assert report.refused[0].row == 2
    assert "row 1" in report.refused[0].reason.say()


def test_a_code_of_a_refused_row_may_come_again() -> None:
    _, report = import_rows(row(level="x"), row())
    assert report.accepted == 1


def test_the_problem_is_named_by_what_a_person_would_look_for() -> None:
    _, report = import_rows(row(code=None), row(short_vi=""), row(code="x", short_vi="", name_vi=""))
    assert [p.name for p in report.refused[:2]] == ["Đăng ký khai sinh", "Thủ tục đăng ký khai sinh"]
    assert report.refused[-1].name == "x"


def test_decomposed_text_is_normalised_finds_its_queue_and_is_reported() -> None:
    catalogue, report = import_rows(row(field_vi=DECOMPOSED))
    assert catalogue.procedures[0].field == "Cấp, quản lý căn cước"
    assert [(p.field, p.severity) for p in report.problems] == [("field_vi", Severity.WARNING)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"documents": []}, "documents"),
        ({"name_en": None}, "name_en"),
        ({"fee_text": ""}, "fee_text"),
        ({"verified": False}, "verified"),
        ({"time_unit": None}, "time_unit"),
        ({"time_limit_days": None}, "time_limit_days"),
        ({"fee_vdn": 5000}, "fee_vdn"),
        ({"documents": [document(orignal=1)]}, "documents[1].orignal"),
    ],
)
def test_what_should_be_looked_at_is_a_warning_and_the_row_is_taken(changes: dict[str, Any], field: str) -> None:
    _, report = import_rows(row(**changes))
    assert report.accepted == 1
    assert [(p.field, p.severity) for p in report.problems] == [(field, Severity.WARNING)]


def test_a_bare_number_of_days_is_not_believed() -> None:
    catalogue, _ = import_rows(row(time_limit_days=1, time_unit=None, time_text="Cổng ghi 1"))
    procedure = catalogue.procedures[0]
    assert (procedure.time_limit_days, procedure.time_unit, procedure.time_text) == (None, None, "")


def test_a_procedure_of_the_province_is_assisted_filing_in_a_commune_only() -> None:
    for level, assisted in (("commune", False), ("province", True), ("province+commune", False)):
        catalogue, _ = import_rows(row(level=level))
        assert catalogue.procedures[0].assisted is assisted


def test_a_stale_paper_is_left_out_with_a_warning() -> None:
    stale = document(name_vi="Sổ hộ khẩu", note="Dòng còn sót – cần rà soát trước khi hiển thị")
    catalogue, report = import_rows(row(documents=[document(), stale]))
    assert [d.name for d in catalogue.procedures[0].documents] == ["Tờ khai"]
    assert [(p.field, p.severity) for p in report.problems] == [("documents[2].note", Severity.WARNING)]


def test_free_is_never_concluded_from_the_flag() -> None:
    catalogue, _ = import_rows(row(fee_vnd=0, fee_text="Miễn phí (mức do HĐND tỉnh quy định)"))
    assert catalogue.procedures[0].fee_text == "Miễn phí (mức do HĐND tỉnh quy định)"


def test_the_page_on_the_portal_is_kept() -> None:
    page = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bfd"
    catalogue, _ = import_rows(row(source=f"crawl; page {page}"))
    assert catalogue.procedures[0].page == page
    assert catalogue.source == "dichvucong.gov.vn"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "not valid JSON: line 1, column 1"),
        (b'{"procedures": [}', "not valid JSON: line 1"),
        (b'{"procedures": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "not a list of procedures"),
        (b'{"procedures": [' + b"9" * 5000 + b"]}", "not a list of procedures"),
        (b"[]", "no “procedures”"),
        (b"null", "no “procedures”"),
        (b'{"schema_version": 1}', "no “procedures”"),
        (b'{"procedures": []}', "schema_version is None"),
        (b'{"schema_version": 2, "procedures": []}', "schema_version is 2; this program reads 1"),
        (b'{"schema_version": 1, "procedures": {}}', "must be a list"),
        (b'{"schema_version": 1, "procedures": [], "as_of": 2026}', "“as_of” must be text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error_with_a_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(CatalogueError) as error:
        import_catalogue(raw, demo_site())
    assert sentence in str(error.value)


def test_a_file_saved_by_a_windows_editor_is_read() -> None:
    assert check(b"\xef\xbb\xbf" + source(row()), demo_site()).accepted == 1


def test_the_same_source_in_any_order_gives_the_same_catalogue() -> None:
    rows = [row(code=f"1.00000{n}") for n in range(5)]
    forward, _ = import_rows(*rows)
    backward, _ = import_rows(*reversed(rows))
    assert forward == backward


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(row())), JSON, max_size=4))
def test_whatever_a_field_holds_the_row_is_taken_or_refused_with_a_reason(changes: dict[str, Any]) -> None:
    catalogue, report = import_catalogue(json.dumps(source_dict(row(**changes))).encode(), demo_site())
    assert len(catalogue.procedures) == report.accepted == 1 - bool(report.refused)
    assert all(problem.reason.say("vi") for problem in report.problems)


def source_dict(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"schema_version": 1, "procedures": list(rows)}


def test_a_note_row_is_never_asked_of_the_citizen() -> None:
    catalogue, _ = import_rows(row(documents=[document(original=0, copy=0)]))
    paper = catalogue.procedures[0].documents[0]
    assert paper.kind is DocumentKind.NOTE
    assert not paper.asked
