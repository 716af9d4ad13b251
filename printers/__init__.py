"""Paper: receipt blocks to raster to ESC/POS to transport; status, simulator, receiver (DESIGN §8)."""

from kiosk.ports import WatchedPrinter
from kiosk.settings import PrinterSettings


def open_printer(settings: PrinterSettings) -> WatchedPrinter:
    """Return the printer that the settings name; see `printers.factory`, loaded only when called.

    Raises:
        PrinterSetupError: the setting cannot be read; the sentence says what is expected.
    """
    from printers.factory import open_printer as open_by_settings

    return open_by_settings(settings)
