import base64

import pytest
from nacl.public import PrivateKey, SealedBox

from kiosk.wire.ballots import LEGAL_3, SEALED_LENGTH, Ballot, BallotError, can_seal, open_ballot, seal

SECRET = PrivateKey(bytes(range(32)))
PUBLIC = base64.b64encode(bytes(SECRET.public_key)).decode()


def test_only_the_holder_of_the_secret_key_opens_a_ballot():
    sealed = seal("satisfied", ("long_wait",), PUBLIC)

    assert open_ballot(sealed, bytes(SECRET)) == Ballot("satisfied", ("long_wait",))
    with pytest.raises(BallotError):
        open_ballot(sealed, bytes(PrivateKey.generate()))


def test_size_does_not_tell_what_was_chosen():
    choices = [label.choice for label in LEGAL_3.labels]
    sizes = {len(seal(choice, reasons, PUBLIC)) for choice in choices for reasons in ((), ("a" * 24,) * 6)}

    assert sizes == {SEALED_LENGTH}


def test_a_real_key_can_seal():
    assert can_seal(PUBLIC)


def test_the_same_choice_never_looks_the_same_twice():
    assert seal("satisfied", (), PUBLIC) != seal("satisfied", (), PUBLIC)


def test_a_ballot_that_does_not_fit_is_refused_instead_of_showing_its_size():
    with pytest.raises(BallotError, match="256"):
        seal("satisfied", ("x" * 300,), PUBLIC)


@pytest.mark.parametrize("key", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_a_broken_key_is_said_and_nothing_is_sealed(key):
    assert not can_seal(key)
    with pytest.raises(BallotError, match="ballot key"):
        seal("satisfied", (), key)


def test_something_else_in_the_box_is_not_a_ballot():
    box = SealedBox(SECRET.public_key)
    with pytest.raises(BallotError):
        open_ballot(box.encrypt(b"hello"), bytes(SECRET))
    with pytest.raises(BallotError):
        open_ballot(b"too short", bytes(SECRET))


def test_the_legal_scale_runs_from_good_to_bad_without_a_middle():
    assert [label.text["vi"] for label in LEGAL_3.labels] == ["Rất hài lòng", "Hài lòng", "Không hài lòng"]
    assert LEGAL_3.id == "vn-legal-3/1"
