"""PINs, tokens and keys: guarded against guessing, kept whole on the disk."""

from pathlib import Path

import pytest

from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.hub.ballot_key import PUBLIC_NAME, public_key
from kiosk.hub.devices import FIRST_WAIT_S, FREE_TRIES, Devices, Pins
from kiosk.wire.ballots import can_seal
from tests.halls import demo_site


class Watch:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_after_the_free_tries_the_wait_doubles_and_the_right_pin_forgives(tmp_path: Path) -> None:
    watch = Watch()
    pins = Pins(tmp_path / "pins.json", demo_site(), watch)
    assert [pins.check("nv01", "9999") for _ in range(FREE_TRIES)] == [Refused("wrong_pin")] * FREE_TRIES
    assert pins.check("nv01", "0001") == Refused("too_many_tries", {"seconds": FIRST_WAIT_S + 1})
    watch.now += FIRST_WAIT_S
    assert pins.check("nv01", "9999") == Refused("wrong_pin")
    watch.now += FIRST_WAIT_S
    refused = pins.check("nv01", "0001")
    assert refused is not None
    assert refused.code == "too_many_tries"
    watch.now += FIRST_WAIT_S
    assert pins.check("nv01", "0001") is None
    assert pins.check("nv01", "9999") == Refused("wrong_pin")


def test_names_nobody_has_take_no_room(tmp_path: Path) -> None:
    pins = Pins(tmp_path / "pins.json", demo_site(), Watch())
    assert [pins.check(f"nobody-{n}", "0000") for n in range(50)] == [Refused("wrong_pin")] * 50
    assert pins._wrong == {}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic x", "bearer \xff", "Bearer  "])
def test_no_token_is_no_role(tmp_path: Path, header: str) -> None:
    assert Devices(tmp_path / "devices.json").role_of(header) is None


def test_tokens_outlive_a_restart_and_carry_one_role_each(tmp_path: Path) -> None:
    first = Devices(tmp_path / "devices.json")
    again = Devices(tmp_path / "devices.json")
    assert {again.role_of(f"Bearer {token}") for token in first.tokens.values()} == set(Role) - {Role.HUB}


def test_a_key_pair_that_was_only_half_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(path: Path, _: bytes) -> None:
        path.with_suffix(".new").write_bytes(b"")
        raise OSError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr("kiosk.hub.ballot_key.write_private", power_cut)
        with pytest.raises(OSError, match="power cut"):
            public_key(tmp_path)
    assert not (tmp_path / PUBLIC_NAME).exists()
    assert can_seal(public_key(tmp_path))
