"""Ways to a printer behind one small protocol, a file each: network, serial, USB, CUPS, Windows' spooler, file."""

from printers.transport.base import PrinterSetupError, Target, Transport
from printers.transport.file import FileTarget, FileTransport
from printers.transport.tcp import RAW_PORT, TcpTarget, TcpTransport
from printers.transport.written import parse_target

__all__ = [
    "RAW_PORT",
    "FileTarget",
    "FileTransport",
    "PrinterSetupError",
    "Target",
    "TcpTarget",
    "TcpTransport",
    "Transport",
    "parse_target",
]
