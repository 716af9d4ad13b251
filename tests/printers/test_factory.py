import subprocess
import sys

import pytest

from kiosk.ports import PrinterStatus, PrintRefused
from kiosk.settings import PrinterSettings
from printers import factory, open_printer
from printers.factory import PrinterSetupError, warm_up
from printers.job import as_picture, as_text
from tests.printers import samples


def test_no_printer_refuses_every_receipt_and_the_ticket_lives_on_the_screen() -> None:
    printer = open_printer(PrinterSettings())
    assert printer.status() is PrinterStatus.UNREACHABLE
    assert printer.print(samples.ticket()) == PrintRefused(PrinterStatus.UNREACHABLE)


@pytest.mark.parametrize("settings", [PrinterSettings("lp0"), PrinterSettings("tcp://a:9100", width_dots=570)])
def test_settings_that_cannot_work_are_refused_at_the_start(settings: PrinterSettings) -> None:
    with pytest.raises(PrinterSetupError, match="Write"):
        open_printer(settings)


def test_opening_a_printer_needs_neither_the_printer_nor_python_escpos() -> None:
    program = (
        "import sys; from kiosk.settings import PrinterSettings; from printers import open_printer;"
        "open_printer(PrinterSettings('tcp://127.0.0.1:9')); assert 'escpos' not in sys.modules;"
        "from printers.factory import warm_up; warm_up(PrinterSettings()); assert 'escpos' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("width", [576, 384])
def test_warming_up_works_at_both_widths(width: int) -> None:
    warm_up(PrinterSettings(width_dots=width))


SLOW = "serial:///dev/ttyS0?baud=9600"


@pytest.mark.parametrize(
    ("settings", "letters"),
    [
        (PrinterSettings(SLOW, model="TM-T20II"), True),
        (PrinterSettings("serial:///dev/ttyS0?baud=38400", model="TM-T20II"), True),
        (PrinterSettings("serial:///dev/ttyS0?baud=115200", model="TM-T20II"), False),
        (PrinterSettings("tcp://a", model="TM-T20II"), False),
        (PrinterSettings("tcp://a", model="TM-T20II", mode="text"), True),
        (PrinterSettings(SLOW, model="TM-T20II", mode="picture"), False),
        (PrinterSettings(SLOW, model="XP-58"), False),
        (PrinterSettings(SLOW), False),
    ],
)
def test_a_slow_line_chooses_letters_by_itself_where_the_model_has_them(
    settings: PrinterSettings, letters: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[object] = []
    monkeypatch.setattr(factory, "StreamPrinter", lambda *_, make_job, **__: chosen.append(make_job))
    open_printer(settings)
    assert chosen == [as_text if letters else as_picture]


def test_letters_asked_for_on_a_model_that_may_lack_them_are_refused_with_the_models_that_have_them() -> None:
    with pytest.raises(PrinterSetupError, match=r"not known to print Vietnamese letters.*TM-T20II"):
        open_printer(PrinterSettings("tcp://a", model="XP-58", mode="text"))


def test_a_slow_line_with_an_unknown_printer_is_told_what_would_help(caplog: pytest.LogCaptureFixture) -> None:
    open_printer(PrinterSettings(SLOW)).close()
    assert "A ticket takes 79 s on this line" in caplog.text
