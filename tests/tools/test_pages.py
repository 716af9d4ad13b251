"""Pages that are drawn from the code are those the code draws today."""

import pytest

from tools.pages import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_says(name: str) -> None:
    told = "run `python -m tools.pages` and commit what it writes"
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), told
