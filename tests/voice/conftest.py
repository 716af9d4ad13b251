"""A hall with a voice, a loudspeaker, and a look at what was traced."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.log import trace_to
from tests.voice.sounds import make_voice
from tests.voice.speaking import Hall, Loudspeaker, Traced


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    make_voice(tmp_path / "voice")
    make_voice(tmp_path / "voice", "en", "british")
    hall = Hall(tmp_path / "voice")
    yield hall
    hall.close()


@pytest.fixture
def loudspeaker() -> Loudspeaker:
    return Loudspeaker()


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[Traced]:
    trace_to(tmp_path / "trace")
    yield lambda: [json.loads(line) for line in (tmp_path / "trace").read_text(encoding="utf-8").splitlines()]
    trace_to(None)
