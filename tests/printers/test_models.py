from printers.models import with_vietnamese_letters


def test_known_epsons_have_vietnamese_letters_and_unknown_printers_have_not() -> None:
    known = with_vietnamese_letters()
    assert {"TM-T20II", "TM-T88V", "TM-L90", "CT-S651", "TM-T20III", "TM-m30III"} <= known
    assert not {"default", "", "POS-5890", "RP326", "Sunmi-V2"} & known
