"""Makes Vietnam's public holidays in `assets/site`. Run by developers only; what it makes is committed.

    python -m tools.make_holidays

The days come from the `holidays` package: those of the Labour Code, Tết by the moon, days off that make up for a
weekend, and the swaps decided so far (DOMAIN §10). The package is not part of the product: importing it takes a third
of a second and 19 MB, at every start of every hub, for days that are known for years ahead. Days of coming years are
predictions: the Government fixes the Tết block and the swaps every year, and a centre's own calendar adds them.
"""

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

from holidays.countries.vietnam import Vietnam

from kiosk.catalogue.public_holidays import FILE

YEARS = range(2025, 2041)
"""From the year before the first release; until so far that a hub never updated still knows its Tết."""


def made() -> dict[str, object]:
    """Return the days with their names, as they stand in the file."""
    days = Vietnam(years=YEARS, language="vi")
    return {
        "source": f"holidays {version('holidays')}",
        "off": {day.isoformat(): name for day, name in sorted(days.items())},
        "working": sorted(day.isoformat() for day in days.weekend_workdays if day.year in YEARS),
    }


def main(path: Path = FILE) -> None:
    """Write the file."""
    path.write_text(json.dumps(made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {date.today()}")


if __name__ == "__main__":
    main()
