import subprocess
import sys

import pytest

from kiosk.ports import PrinterStatus, PrintRefused
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.factory import PrinterSetupError, warm_up
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
