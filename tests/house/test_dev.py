"""`dev.py` sets up once, repairs what was left half done, and says what it may not install."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

import dev


class Machine:
    """A machine on which nothing is really run: commands are kept, and succeed unless they are told to fail."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.ran: list[list[str]] = []
        self.fails: set[str] = set()
        lock = folder / "requirements.lock"
        lock.write_text("one==1", encoding="utf-8")
        self.hash = hashlib.sha256(b"one==1").hexdigest()
        for name, value in {"ROOT": folder, "VENV": folder / ".venv", "LOCK": lock}.items():
            patch.setattr(dev, name, value)
        patch.setattr(dev, "STAMP", folder / ".venv" / "set-up-for.txt")
        patch.setattr(dev, "DEBIAN_WHEELS", folder / "wheels")
        patch.setattr(dev, "call", self.call)
        patch.setattr(dev, "succeeds", self.succeeds)
        patch.setattr(dev, "WINDOWS", False)

    def call(self, command: list[str]) -> int:
        self.ran.append(command)
        return int(any(word in self.fails for word in command))

    def succeeds(self, command: list[str]) -> bool:
        if "venv" in command:
            self.make_venv(pip="--without-pip" not in command)
            self.ran.append(command)
            return not (self.fails & {"ensurepip"} and "--without-pip" not in command)
        if command[0] == str(dev.venv_python()) and not (dev.VENV / "bin").exists():
            return False
        if command[1:3] == ["-m", "pip"] and command[0] == str(dev.venv_python()):
            return (dev.VENV / "pip").exists()
        return not any(word in self.fails for word in command)

    def make_venv(self, *, pip: bool, stamp: str | None = None) -> None:
        (dev.VENV / "bin").mkdir(parents=True)
        if pip:
            (dev.VENV / "pip").touch()
        if stamp is not None:
            dev.STAMP.write_text(stamp, encoding="utf-8")

    def did(self, *words: str) -> bool:
        return any(all(word in command for word in words) for command in self.ran)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_the_first_run_makes_the_environment_and_checks_every_hash(machine: Machine) -> None:
    dev.need_environment()
    assert machine.did(sys.executable, "venv")
    assert machine.did("install", "--require-hashes", "requirements.lock")
    assert dev.STAMP.read_text(encoding="utf-8") == machine.hash


def test_the_second_run_starts_at_once(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.make_venv(pip=True, stamp=machine.hash)
    dev.need_environment()
    assert machine.ran == []
    assert capsys.readouterr().out == ""


def test_a_changed_lock_installs_anew_into_the_same_environment(machine: Machine) -> None:
    machine.make_venv(pip=True, stamp="another hash")
    dev.need_environment()
    assert not machine.did("venv")
    assert machine.did("install", "--require-hashes")


def test_an_environment_left_unfinished_is_made_anew(machine: Machine) -> None:
    machine.make_venv(pip=True, stamp=dev.UNFINISHED)
    (dev.VENV / "half").touch()
    dev.need_environment()
    assert not (dev.VENV / "half").exists()
    assert machine.did("venv")


def test_an_environment_whose_python_no_longer_starts_is_made_anew(machine: Machine) -> None:
    dev.VENV.mkdir()
    dev.STAMP.write_text(machine.hash, encoding="utf-8")
    dev.need_environment()
    assert machine.did("venv")


def test_an_install_that_fails_stops_with_a_sentence_and_stays_unfinished(machine: Machine) -> None:
    machine.fails = {"--require-hashes"}
    with pytest.raises(SystemExit, match="could not be installed"):
        dev.need_environment()
    assert dev.STAMP.read_text(encoding="utf-8") == dev.UNFINISHED


def test_without_ensurepip_debians_own_pip_wheel_does(machine: Machine) -> None:
    machine.fails = {"ensurepip", "--python"}
    dev.DEBIAN_WHEELS.mkdir()
    wheel = dev.DEBIAN_WHEELS / "pip-23.0.1-py3-none-any.whl"
    wheel.touch()
    dev.need_environment()
    assert machine.did(str(dev.venv_python()), str(wheel / "pip"), "install")


def test_without_any_pip_the_venv_package_is_asked_for_by_its_exact_name(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.fails = {"ensurepip", "--python", "sudo"}
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    with pytest.raises(SystemExit, match=rf"sudo apt-get install .* python{version}-venv"):
        dev.need_environment()


def test_a_library_that_cannot_be_loaded_is_missing_and_named_with_its_package() -> None:
    missing = dev.find_missing({"libnone-at-all.so.7": "libnone7"}, {"no-such-program": "nosuch"})
    assert missing == {"no-such-program": "nosuch", "libnone-at-all.so.7": "libnone7"}


@pytest.mark.parametrize(("user", "prefix"), [(0, []), (1000, ["sudo", "-n"])])
def test_packages_are_installed_by_root_or_by_one_who_may_become_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, user: int, prefix: list[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    dev.install_packages(["libgl1"], "libGL.so.1")
    assert [command[len(prefix) + 2 :][:2] for command in machine.ran] == [
        ["apt-get", "update"],
        ["apt-get", "install"],
    ]
    assert all(command[: len(prefix)] == prefix for command in machine.ran)


def test_a_package_that_was_renamed_is_installed_by_its_new_name(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    machine.fails = {"libglib2.0-0"}
    dev.install_packages(["libegl1", "libglib2.0-0"], "libglib-2.0.so.0")
    assert machine.ran[-1][-2:] == ["libegl1", "libglib2.0-0t64"]


def test_a_system_without_apt_is_told_what_is_missing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(SystemExit, match=r"lacks libGL\.so\.1"):
        dev.install_packages(["libgl1"], "libGL.so.1")
