"""Devices: a token once, rights of one role and number, gone when revoked; keys are kept whole on the disk."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.commands import Role
from kiosk.domain.events import Refused
from kiosk.hub.access.ballot_key import PUBLIC_NAME, public_key
from kiosk.hub.access.devices import PAIRED, DeviceError, Devices
from kiosk.hub.access.pairing import CODE_LIVES_MS, WRONG_CODES, WRONG_CODES_MS, Pairing, new_code
from kiosk.hub.access.store import NAME, AccessStore
from kiosk.wire.ballots import can_seal
from tests.halls import FixedClock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AccessStore]:
    store = AccessStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def devices(store: AccessStore) -> Devices:
    return Devices(store, lambda: 1000)


def bearer(token: str) -> str:
    return f"Bearer {token}"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic x", "bearer \xff", "Bearer  "])
def test_no_token_is_no_device(devices: Devices, header: str) -> None:
    assert devices.of(header) is None


def test_a_device_is_known_by_its_token_until_it_is_revoked(devices: Devices) -> None:
    device, token = devices.add(Role.COUNTER, 3, "Bàn 3")
    assert devices.of(bearer(token)) == device
    assert (device.role, device.number, devices.known(device.id)) == (Role.COUNTER, 3, True)
    assert devices.revoke(device.id)
    assert devices.of(bearer(token)) is None
    assert not devices.known(device.id)
    assert not devices.revoke(device.id)
    assert [d.revoked_at for d in devices.all()] == [1000]


def test_a_token_can_be_given_on_a_command_line(devices: Devices) -> None:
    given = [devices.add(Role.BOARD, None, f"board {n}")[1] for n in range(50)]
    assert all(token.isalnum() for token in (*given, *devices.tokens.values()))


def test_a_role_has_a_number_if_and_only_if_it_stands_somewhere(devices: Devices) -> None:
    for role in PAIRED:
        numbered = role in (Role.KIOSK, Role.COUNTER, Role.TABLET)
        with pytest.raises(DeviceError, match="number"):
            devices.add(role, None if numbered else 1, "")
    assert devices.all() == ()


def test_what_another_process_registers_or_revokes_is_brought_in(devices: Devices, tmp_path: Path) -> None:
    other = AccessStore(tmp_path)
    elsewhere = Devices(other, lambda: 2000)
    device, token = elsewhere.add(Role.BOARD, None, "Sảnh")
    assert devices.of(bearer(token)) is None
    assert devices.refresh()
    assert devices.of(bearer(token)) is not None
    elsewhere.revoke(device.id)
    assert devices.refresh()
    assert devices.of(bearer(token)) is None
    assert not devices.refresh()
    other.close()


def test_neither_tokens_nor_codes_are_in_the_file_and_nobody_else_may_read_it(
    store: AccessStore, devices: Devices, tmp_path: Path
) -> None:
    _, token = devices.add(Role.BOARD, None, "")
    code = new_code(store, 1000, Role.BOARD, None, "")
    content = (tmp_path / NAME).read_bytes()
    assert token.encode() not in content
    assert code.encode() not in content
    assert code.replace("-", "").encode() not in content
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_development_tokens_serve_any_number_outlive_a_restart_and_are_worth_nothing_without_it(
    store: AccessStore, tmp_path: Path
) -> None:
    first, again = (Devices(store, lambda: 1000, tmp_path) for _ in range(2))
    found = [again.of(bearer(first.tokens[role])) for role in PAIRED]
    assert [(d.role, d.number) for d in found if d] == [(role, None) for role in PAIRED]
    assert Devices(store, lambda: 1000).of(bearer(first.tokens["counter"])) is None


class TestPairing:
    @pytest.fixture
    def clock(self) -> FixedClock:
        return FixedClock()

    @pytest.fixture
    def pairing(self, store: AccessStore, devices: Devices, clock: FixedClock) -> Pairing:
        return Pairing(store, devices, clock.now_ms)

    def test_a_code_gives_one_device_its_token_however_it_is_typed(
        self, store: AccessStore, devices: Devices, clock: FixedClock, pairing: Pairing
    ) -> None:
        code = new_code(store, clock.at, Role.TABLET, 2, "Máy tính bảng 2")
        paired = pairing.pair(f" {code.upper().replace('-', ' ')} ")
        assert not isinstance(paired, Refused)
        device, token = paired
        assert (device.role, device.number, device.name) == (Role.TABLET, 2, "Máy tính bảng 2")
        assert devices.of(bearer(token)) == device
        assert pairing.pair(code) == Refused("wrong_code")

    def test_a_code_that_is_too_old_gives_nothing(
        self, store: AccessStore, clock: FixedClock, pairing: Pairing, devices: Devices
    ) -> None:
        code = new_code(store, clock.at, Role.BOARD, None, "")
        clock.at += CODE_LIVES_MS
        assert pairing.pair(code) == Refused("wrong_code")
        assert devices.all() == ()

    def test_guessing_is_slowed_down_for_everybody_and_the_right_code_works_after_it(
        self, store: AccessStore, clock: FixedClock, pairing: Pairing
    ) -> None:
        code = new_code(store, clock.at, Role.BOARD, None, "")
        assert [pairing.pair(f"guess{n}") for n in range(WRONG_CODES)] == [Refused("wrong_code")] * WRONG_CODES
        assert pairing.pair(code) == Refused("too_many_codes", {"seconds": WRONG_CODES_MS // 1000})
        clock.at += WRONG_CODES_MS
        assert not isinstance(pairing.pair(code), Refused)


def test_a_key_pair_that_was_only_half_made_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(path: Path, _: bytes) -> None:
        path.with_suffix(".new").write_bytes(b"")
        raise OSError("power cut")

    with monkeypatch.context() as cut:
        cut.setattr("kiosk.hub.access.ballot_key.write_private", power_cut)
        with pytest.raises(OSError, match="power cut"):
            public_key(tmp_path)
    assert not (tmp_path / PUBLIC_NAME).exists()
    assert can_seal(public_key(tmp_path))
