import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue.lists import Said, Synonyms, load_most_asked, load_synonyms
from kiosk.catalogue.search import Match, SearchIndex, default_index
from tests.catalogue.sources import import_rows, real, row

INDEX = default_index(real()[0])


def keys(query: str, index: SearchIndex = INDEX) -> list[str]:
    return [match.procedure.key for match in index.search(query)]


def shorts(query: str) -> list[str]:
    return [match.procedure.short for match in INDEX.search(query)]


def underlined(match: Match) -> list[str]:
    return [match.procedure.short[start:end] for start, end in match.ranges]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("khai sinh", "Đăng ký khai sinh"),
        ("KHAI SINH", "Đăng ký khai sinh"),
        ("dang ky khai sinh", "Đăng ký khai sinh"),
        ("khai si", "Đăng ký khai sinh"),
        ("ket hon", "Đăng ký kết hôn"),
        ("thuong tru", "Đăng ký thường trú"),
        ("can cuoc", "Cấp thẻ căn cước (từ đủ 14 tuổi)"),
        ("doi can cuoc", "Cấp đổi thẻ căn cước"),
        ("mat can cuoc", "Cấp lại thẻ căn cước"),
        ("giấy báo tử", "Đăng ký khai tử"),
        ("giay bao tu", "Đăng ký khai tử"),
        ("làm giấy tờ cho con", "Đăng ký khai sinh"),
        ("lam giay to cho con", "Đăng ký khai sinh"),
        ("mai táng", "Mai táng phí (bảo trợ xã hội)"),
        ("sao y", "Chứng thực bản sao từ bản chính"),
        ("bằng lái hết hạn", "Đổi giấy phép lái xe"),
        ("tách thửa", "Tách thửa, hợp thửa đất"),
        ("ho ngheo", "Công nhận hộ nghèo, cận nghèo thường xuyên"),
        ("birth", "Đăng ký khai sinh"),
        ("marriage registration", "Đăng ký kết hôn"),
        ("Fishing licence", "Giấy phép khai thác thủy sản"),
        ("thuowng tru", "Đăng ký thường trú"),
        ("regitsration marriage", "Đăng ký kết hôn"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(query: str, first: str) -> None:
    assert shorts(query)[0] == first


def test_so_do_finds_every_red_book_before_anything_else() -> None:
    red = [short for short in shorts("so do") if "sổ đỏ" in short]
    assert len(red) == 6
    assert shorts("so do")[:6] == red


def test_all_birth_registrations_are_found() -> None:
    assert {"1.001193", "1.004884", "2.000635", "2.000986", "1.000689", "1.004772"} <= set(keys("khai sinh"))


def test_typed_with_accents_what_has_them_comes_first() -> None:
    catalogue, _ = import_rows(
        row(code="1.000001", short_vi="Mật", name_vi="x"), row(code="1.000002", short_vi="Mất", name_vi="x")
    )
    index = SearchIndex(catalogue, Synonyms())
    assert keys("mất", index) == ["1.000002", "1.000001"]
    assert keys("mật", index) == ["1.000001", "1.000002"]
    assert set(keys("mat", index)) == {"1.000001", "1.000002"}


def test_decomposed_typing_is_the_same_as_composed() -> None:
    assert keys(unicodedata.normalize("NFD", "sổ đỏ")) == keys("sổ đỏ")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("khai sinh", ["khai sinh"]),
        ("khai si", ["khai si"]),
        ("sinh khai", ["khai sinh"]),
        ("dang sinh", ["Đăng", "sinh"]),
    ],
)
def test_what_was_found_in_the_short_name_is_underlined(query: str, expected: list[str]) -> None:
    match = next(m for m in INDEX.search(query) if m.procedure.key == "1.001193")
    assert underlined(match) == expected


def test_the_word_meant_is_underlined_not_one_that_merely_begins_like_it() -> None:
    match = next(m for m in INDEX.search("so do") if m.procedure.short == "Cấp đổi sổ đỏ")
    assert underlined(match) == ["sổ đỏ"]


def test_what_everyday_words_found_is_not_underlined() -> None:
    (match,) = INDEX.search("mat can cuoc")[:1]
    assert underlined(match) == ["căn cước"]
    assert underlined(INDEX.search("passport")[0]) == []


def test_english_names_are_underlined_too() -> None:
    match = INDEX.search("birth reg")[0]
    assert [match.procedure.name_en[a:b] for a, b in match.ranges_en] == ["Birth reg"]


def test_a_field_finds_its_procedures() -> None:
    catalogue, _ = real()
    assert {p.key for p in catalogue.procedures if p.field == "Hộ tịch"} <= set(keys("hộ tịch"))


def test_a_word_nobody_knows_does_not_hide_what_the_others_find() -> None:
    assert keys("khai sinh qqqq")[0] == "1.001193"


@pytest.mark.parametrize("query", ["", "   ", "?!", "qqqq", "qqqq wwww zzzz"])
def test_nothing_is_found_for_nothing(query: str) -> None:
    assert INDEX.search(query) == []


def test_no_more_are_returned_than_asked_for() -> None:
    assert len(INDEX.search("a", 3)) == 3


def test_every_procedure_is_found_first_or_near_it_by_its_own_short_name() -> None:
    catalogue, _ = real()
    for procedure in catalogue.procedures:
        assert procedure.key in keys(procedure.short)[:2]


def test_every_everyday_word_finds_its_procedures() -> None:
    for said in load_synonyms().said:
        for phrase in said.words:
            assert set(said.procedures) <= set(keys(phrase)), phrase


def test_ties_go_to_what_is_asked_for_most() -> None:
    catalogue, _ = import_rows(*(row(code=f"1.00000{n}") for n in range(3)))
    index = SearchIndex(catalogue, Synonyms(), ("1.000002",))
    assert keys("khai sinh", index) == ["1.000002", "1.000000", "1.000001"]


def test_fillers_are_passed_over_unless_nothing_else_was_typed() -> None:
    catalogue, _ = import_rows(row(short_vi="Giấy tờ", name_vi="x"))
    index = SearchIndex(catalogue, Synonyms((Said(("khai sinh",), ("1.001193",)),), ("xin giấy", "giấy")))
    assert keys("xin giấy khai sinh", index) == ["1.001193"]
    assert keys("giấy", index) == ["1.001193"]


@given(st.text(max_size=40))
def test_any_typing_is_answered_with_ranges_inside_the_short_name(query: str) -> None:
    for match in INDEX.search(query):
        ends = [place for stretch in match.ranges for place in stretch]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(match.procedure.short) for place in ends)


def test_every_key_in_the_lists_exists() -> None:
    catalogue, _ = real()
    named = {key for said in load_synonyms().said for key in said.procedures} | set(load_most_asked().procedures)
    assert all(catalogue.find(key) for key in named)
