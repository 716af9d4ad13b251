"""Writes what python-escpos, as installed and with its own profiles, sends for its usual calls: food for the decoder.

Run as a program with the name of a JSON file to write, since our own side loads the library with a profile of its own.
"""

import json
import sys
from pathlib import Path

from escpos.printer import Dummy

ADDRESS = "https://example.vn/t/7Q4KZ2M9XT3HB6WD"


def text() -> Dummy:
    printer = Dummy()
    printer.hw("INIT")
    printer.set(align="center", bold=True, width=2, height=2, custom_size=True, font="a", underline=1, density=4)
    printer.set(invert=True, smooth=True, flip=False)
    printer.text("Phieu so A027\n")
    printer.set_with_default()
    printer.textln("Quầy 1")
    printer.block_text("mot hai ba bon", columns=7)
    printer.ln(1)
    printer.cut()
    return printer


def codes() -> Dummy:
    printer = Dummy(profile="TM-T88V")
    printer.qr(ADDRESS, native=True)
    printer.barcode("4006381333931", "EAN13", function_type="A")
    printer.barcode("{B2026-11-23", "CODE128", function_type="B")
    printer.cut("PART")
    return printer


def machine() -> Dummy:
    printer = Dummy()
    printer.cashdraw(2)
    printer.buzzer(2, 4)
    printer.panel_buttons(False)
    printer.line_spacing(60)
    printer.line_spacing()
    for control in ("HT", "CR", "LF", "FF"):
        printer.control(control)
    printer.print_and_feed(3)
    printer.cut(feed=False)
    printer.hw("INIT")
    return printer


def drawn_code() -> Dummy:
    printer = Dummy(profile="TM-T20II")
    printer.qr(ADDRESS, size=6, center=True)
    printer.cut()
    return printer


if __name__ == "__main__":
    streams = {make.__name__: make().output.hex() for make in (text, codes, machine, drawn_code)}
    Path(sys.argv[1]).write_text(json.dumps(streams))
