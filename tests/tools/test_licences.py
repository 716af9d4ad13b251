"""What the product runs on may be used beside its own licence, and the page says so of every package."""

import pytest

from tools.licences import READ, fits, licence_of, locked, running


def test_what_runs_is_what_the_project_asks_for_and_all_that_needs() -> None:
    names = running()
    # Asked for, asked for on Windows only, behind an extra, and needed by one of the needed.
    assert {"pyserial", "pywin32", "psycopg-binary", "shiboken6", "colorama", "uvloop"} <= set(names)
    assert not {"pytest", "pyinstaller", "hypothesis", "ruff"} & set(names)
    assert set(names) <= locked()


@pytest.mark.parametrize("name", running())
def test_every_package_that_runs_has_a_known_licence_that_fits_ours(name: str) -> None:
    assert fits(licence_of(name)), f"{licence_of(name)} does not fit Apache-2.0: use another package than {name}"


def test_nothing_is_read_of_a_package_that_does_not_run() -> None:
    assert set(READ) <= set(running())


def test_a_choice_fits_by_one_of_its_licences_and_parts_by_all_of_them() -> None:
    assert fits("GPL-2.0-only OR LGPL-3.0-only")
    assert fits("Apache-2.0 AND BSD-2-Clause")
    assert not fits("GPL-3.0-only")
    assert not fits("MIT AND GPL-3.0-only")


def test_a_package_that_says_nothing_is_an_error() -> None:
    with pytest.raises(LookupError, match=r"pathspec.*READ"):
        licence_of("pathspec")
