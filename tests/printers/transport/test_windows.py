import sys

import pytest

from printers.transport.windows import WindowsTarget

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what other systems say")


def test_elsewhere_than_on_windows_its_spooler_is_an_os_error() -> None:
    with pytest.raises(OSError, match="only on Windows"):
        WindowsTarget("EPSON").open(1)
