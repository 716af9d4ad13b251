"""A QR code the printer draws itself: what was told of it with GS ( k, by Epson's functions 165 to 181."""

_SYMBOL = 0x31
_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
_VERSION_1_MODULES = 21


class QrCode:
    """The printer's memory of one code."""

    def __init__(self) -> None:
        self.model, self.module_dots, self.level = 2, 3, "L"
        self._stored = b""

    @property
    def side_dots(self) -> int:
        """How wide it comes out at least: a little code has 21 modules, and four more for each 16 letters or so."""
        return (_VERSION_1_MODULES + 4 * (len(self._stored) // 16)) * self.module_dots

    def told(self, data: bytes) -> str:
        """Take one function (cn fn and its parameters); returns what is printed by it, if anything.

        Raises:
            ValueError: it is nothing a printer knows, or there is nothing to print.
        """
        if len(data) < 3 or data[0] != _SYMBOL:
            raise ValueError(f"GS ( k for symbol {data[:1].hex()}: {data.hex(' ')[:30]}")
        function, rest = data[1], data[2:]
        if function == 0x41 and rest[0] in (49, 50, 51):
            self.model = rest[0] - 48
        elif function == 0x43 and 1 <= rest[0] <= 16:
            self.module_dots = rest[0]
        elif function == 0x45 and rest[0] in _LEVELS:
            self.level = _LEVELS[rest[0]]
        elif function == 0x50 and rest[0] == 0x30 and len(rest) > 1:
            self._stored = rest[1:]
        elif function == 0x51 and rest[0] == 0x30 and self._stored:
            return self._stored.decode("utf-8", "replace")
        else:
            raise ValueError(f"GS ( k function {function}: {rest.hex(' ')[:30]}")
        return ""
