import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.catalogue import store
from kiosk.catalogue.importer import CatalogueError
from kiosk.domain.procedure import Catalogue, Document, DocumentKind, Procedure, TimeUnit
from tests.catalogue.sources import import_rows, row

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
DOCUMENTS = st.builds(Document, TEXT, st.sampled_from(DocumentKind), st.integers(0, 9), st.integers(0, 9), TEXT)
PROCEDURES = st.builds(
    Procedure,
    *(TEXT for _ in range(7)),
    st.booleans(),
    st.lists(DOCUMENTS, max_size=3).map(tuple),
    time_unit=st.none() | st.sampled_from(TimeUnit),
    fee_vnd=st.none() | st.integers(0, 2**31),
)
CATALOGUES = st.builds(Catalogue, TEXT, TEXT, TEXT, st.lists(PROCEDURES, max_size=3).map(tuple))


@given(CATALOGUES)
def test_what_is_saved_is_loaded_again(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> None:
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.json"
    store.save(path, catalogue)
    assert store.load(path) == catalogue


def small(short: str) -> Catalogue:
    return import_rows(row(short_vi=short))[0]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.json"
    store.save(path, small("Bản cũ"))
    return path


def test_saving_replaces_the_file_and_leaves_nothing_beside_it(old: Path) -> None:
    store.save(old, small("Bản mới"))
    assert store.load(old) == small("Bản mới")
    assert [path.name for path in old.parent.iterdir()] == ["catalogue.json"]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "kiosk.catalogue.store.encode"])
def test_an_error_at_any_step_leaves_the_old_file_byte_for_byte(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = old.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    with pytest.raises(CatalogueError, match="No space left on device"):
        store.save(old, small("Bản mới"))
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == ["catalogue.json"]


def test_a_process_killed_before_the_replacement_leaves_the_old_file_byte_for_byte(old: Path) -> None:
    before = old.read_bytes()
    program = (
        "import os, signal, sys; from pathlib import Path; from kiosk.catalogue import store; "
        "path = Path(sys.argv[1]); catalogue = store.load(path); "
        "os.fsync = lambda handle: os._exit(9); store.save(path, catalogue)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(old)], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == 9
    assert old.read_bytes() == before
    assert len(list(old.parent.iterdir())) == 2, "the draft was being written"
    store.save(old, small("Bản mới"))
    assert store.load(old) == small("Bản mới")


def test_a_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "catalogue.json"
    store.save(path, small("Mới"))
    assert store.load(path) == small("Mới")


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b'{"as_of": 1}', b"\xff", b"[]"])
def test_a_file_that_is_no_catalogue_is_an_error_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.json"
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"catalogue\.json is not a catalogue"):
        store.load(path)


def test_a_missing_file_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="Cannot read the catalogue"):
        store.load(tmp_path / "none.json")


def test_the_file_can_be_read_by_a_person() -> None:
    text = store.encode(small("Đăng ký khai sinh")).decode()
    assert '   "short": "Đăng ký khai sinh",\n' in text
    assert text.endswith("}\n")
