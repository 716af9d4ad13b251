"""A device's settings file: everything has a default, and a mistake is told with the file's name and what to do."""

from pathlib import Path

import pytest

from kiosk.settings import Settings, SettingsError, load, load_for


def test_without_a_file_everything_has_its_default() -> None:
    assert load(None) == Settings()


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    path.write_text('{"language": "en", "printer": {"target": "tcp://10.0.0.9:9100"}}', encoding="utf-8")
    settings = load(path)
    assert (settings.language, settings.printer.target) == ("en", "tcp://10.0.0.9:9100")
    assert settings.printer.width_dots == Settings().printer.width_dots
    assert settings.timing == Settings().timing


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"langage": "en"}', "langage"),
        ('{"printer": {"target": 9100}}', "$.printer.target"),
        ('{"timing": {"idle_countdown": "long"}}', "$.timing.idle_countdown"),
        ("[]", "object"),
        ('{"language": "en"', "not valid JSON"),
        ("", "not valid JSON"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "kiosk.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load(path)
    assert told in str(error.value)
    assert str(path) in str(error.value)


def test_a_missing_file_says_to_check_the_path(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Check the path"):
        load(tmp_path / "none.json")


def test_a_file_of_odd_bytes_is_told_as_no_json(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    path.write_bytes(b'{"language": "\xff"}')
    with pytest.raises(SettingsError, match="not valid JSON"):
        load(path)


def test_what_the_command_line_names_goes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.json"
    path.write_text('{"language": "en", "printer": {"target": "tcp://old:9100", "width_dots": 384}}', encoding="utf-8")
    settings = load_for(path, "vi", "tcp://new:9100")
    assert (settings.language, settings.printer.target, settings.printer.width_dots) == ("vi", "tcp://new:9100", 384)
    assert load_for(path, None).printer.target == "tcp://old:9100"
