from pathlib import Path

import pytest

from kiosk.catalogue.importer import CatalogueError
from kiosk.catalogue.lists import load_most_asked, load_synonyms, most_asked, procedures_of_queue
from tests.catalogue.sources import demo_site, import_rows, real, row


def test_the_most_asked_come_in_the_order_of_the_list() -> None:
    catalogue, _ = real()
    assert [p.key for p in most_asked(catalogue, 3)] == list(load_most_asked().procedures[:3])
    assert most_asked(catalogue, 1)[0].short == "Đăng ký khai sinh"


def test_what_this_centre_does_not_have_is_passed_over() -> None:
    catalogue, _ = import_rows(row(code="1.000894"))
    assert [p.key for p in most_asked(catalogue, 5)] == ["1.000894"]


def test_every_procedure_belongs_to_exactly_one_queue() -> None:
    catalogue, _ = real()
    found = [p.key for queue in demo_site().queues for p in procedures_of_queue(catalogue, demo_site(), queue.id)]
    assert sorted(found) == [p.key for p in catalogue.procedures]


def test_a_queue_lists_its_fields_in_its_own_order_and_the_most_asked_first() -> None:
    catalogue, _ = real()
    civil = procedures_of_queue(catalogue, demo_site(), "A")
    assert civil[0].key == "1.001193"
    assert civil[-1].field == "Nuôi con nuôi"


def test_an_unknown_queue_has_none() -> None:
    assert procedures_of_queue(real()[0], demo_site(), "Z") == ()


@pytest.mark.parametrize("content", [b"", b"[]", b'{"procedures": [1]}', b'{"said": [{}], "procedures": 1}', b"\xff"])
def test_a_wrong_list_is_an_error_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"The list list\.json is wrong"):
        load_most_asked(path)


def test_a_missing_list_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="Cannot read the list"):
        load_synonyms(tmp_path / "none.json")
