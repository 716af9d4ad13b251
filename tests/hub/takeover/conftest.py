"""A story for each test of a takeover."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.takeover.story import Story


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path)
    yield story
    story.close()
