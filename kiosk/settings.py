"""A device's own settings: one JSON file beside its data, every field with a sensible default."""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

ASSETS_DIR = Path(__file__).resolve().parent.parent / "assets"


class PrinterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a kiosk's paper comes from.

    `target` is `tcp://host:port`, `usb://04b8:0e15`, `usb:///dev/usb/lp0`, `serial:///dev/ttyS0?baud=9600`,
    `cups://queue`, `windows://name`, `file:///path`, or "" for no printer.
    """

    target: str = ""
    width_dots: int = 576
    """576 for 80 mm paper, 384 for 58 mm (DOMAIN §9)."""
    timeout_s: float = 2.0
    shared: bool = False
    """Other machines print there as well: the connection is given back after every job and question."""
    mode: Literal["auto", "picture", "text"] = "auto"
    """Whether receipts go as pictures, or as the printer's own letters; "auto" is letters on a slow line, if `model`
    is known to have them."""
    model: str = ""
    """The printer's model, such as "TM-T20II"; needed for letters only."""


class TimingSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How long screens wait, in seconds; defaults are `timing_s` of the look's tokens."""

    idle_before_warning: float = 45
    idle_countdown: float = 20
    ticket_close: float = 20
    ticket_close_no_paper: float = 60
    rating_close: float = 30
    thanks_close: float = 4


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a device."""

    language: str = "vi"
    languages: tuple[str, ...] = ("vi", "en")
    public_base_url: str = ""
    """Where the ticket's page lives for phones; empty means the hub's own address."""
    printer: PrinterSettings = PrinterSettings()
    timing: TimingSettings = TimingSettings()
    screen_dpi: float | None = None
    """Dots per inch of the screen; None asks the screen itself. Sizes are millimetres (LOOK, principle 5)."""
    viewing_m: float = 10
    """Board: how far away the last row sits; letters grow with it (tokens.json, type_board)."""
    reduced_motion: bool = False
    patience_s: float = 1.5
    """How long a kiosk waits for the hub before it says so (DESIGN §6)."""


class SettingsError(ValueError):
    """A settings file that cannot be used, with a sentence that says what to do."""


def load(path: Path | None) -> Settings:
    """Read settings from a file; defaults where `path` is None.

    Raises:
        SettingsError: the file is missing, is not JSON, or holds an unknown or wrong field.
    """
    if path is None:
        return Settings()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except OSError as error:
        raise SettingsError(f"Cannot read the settings file {path}: {error.strerror}. Check the path.") from error
    except msgspec.ValidationError as error:
        raise SettingsError(f"The settings file {path} has a wrong field: {error}. Correct it or remove it.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings file {path} is not valid JSON: {error}.") from error


def load_for(path: Path | None, language: str | None, printer: str = "") -> Settings:
    """Read settings, with the language and the printer (a target) of the command line where it names one.

    Raises:
        SettingsError: as `load`.
    """
    settings = load(path)
    if printer:
        settings = replace(settings, printer=replace(settings.printer, target=printer))
    return replace(settings, language=language) if language else settings
