"""What the layout promises and no linter checks (DESIGN §5)."""

import sys

import pytest

from tests.house.source import ROOT, imports, modules, name, product

LONGEST_MODULE = 300
LICENCE_NAMES = ("LICENSE", "LICENCE", "NOTICE", "OFL")
SPOKEN_ALIKE = {"domain": ("kiosk.domain",), "flows": ("kiosk.domain", "kiosk.flows")}


def test_every_module_is_short_enough_to_be_read_in_one_sitting() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product()}
    assert {module: count for module, count in lines.items() if count > LONGEST_MODULE} == {}


@pytest.mark.parametrize("package", SPOKEN_ALIKE)
def test_domain_and_flows_import_the_standard_library_and_msgspec_only(package: str) -> None:
    own = SPOKEN_ALIKE[package]
    foreign = {
        f"{name(path)}: {imported}"
        for path in modules(f"kiosk/{package}")
        for imported in imports(path)
        if imported.partition(".")[0] not in {*sys.stdlib_module_names, "msgspec"}
        and not any(f"{imported}.".startswith(f"{prefix}.") for prefix in own)
    }
    assert foreign == set()


def test_dev_py_needs_nothing_that_is_not_in_python_itself() -> None:
    assert set(imports(ROOT / "dev.py")) <= set(sys.stdlib_module_names)


def test_every_folder_of_assets_says_under_which_licence_it_is() -> None:
    without = [
        name(folder)
        for folder in sorted((ROOT / "assets").iterdir())
        if folder.is_dir() and not any(file.name.upper().startswith(LICENCE_NAMES) for file in folder.iterdir())
    ]
    assert without == []


def test_every_package_says_what_it_is_for() -> None:
    silent = [name(path) for path in product() if path.name == "__init__.py" and not path.read_text(encoding="utf-8")]
    assert silent == []
