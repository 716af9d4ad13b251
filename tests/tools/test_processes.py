"""Processes of ours, seen from outside."""

from pathlib import Path

import pytest

from tools.processes import ProcessError, Screen


def test_a_screen_that_ended_is_named_with_what_it_wrote(tmp_path: Path) -> None:
    screen = Screen("kiosk", ["no-such-command"], tmp_path / "kiosk.log")
    screen.process.wait(30)
    with pytest.raises(ProcessError, match="kiosk ended") as ended:
        screen.ask(do="click", name="anything")
    assert "no-such-command" in str(ended.value)
    screen.stop()
