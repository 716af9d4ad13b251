"""`main.py paper`: what a centre's set-up makes of a ticket or any other paper, as PNG or on a printer."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from kiosk.catalogue.site_file import load_site
from kiosk.catalogue.store import load as load_catalogue
from kiosk.domain.paper import Template
from kiosk.domain.receipt import Receipt
from kiosk.domain.site import Site
from kiosk.ports import Printed
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.drawing.raster import draw
from printers.paper_png import to_png
from tools.papers import paper_of, sample_of
from tools.printer import STATUS

PATIENCE_S = 5.0
ALL = "all"


def run(args: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Write or print samples; 0 where all went well, 1 where a paper did not come out, 2 where nothing could be made.

    Raises:
        SentenceError: the site file or catalogue cannot be used.
        PrinterSetupError: the printer's address cannot be read.
    """
    if not args.out and not args.target:
        print("Say where to: --out FILE, or --print TARGET.", file=sys.stderr)
        return 2
    site = _site(args)
    catalogue = load_catalogue(args.catalogue)
    try:
        sample = sample_of(site, catalogue, args.language, args.width, procedure=args.procedure, extreme=args.longest)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    chosen = list(Template) if args.template == ALL else [Template(args.template)]
    papers = {template: paper_of(template, sample) for template in chosen}
    if args.out:
        _write(papers, args.out, args.width, say, folder=args.template == ALL)
    return _print(papers, args.target, args.width, say) if args.target else 0


def _site(args: argparse.Namespace) -> Site:
    """Read the set-up; a language asked for here goes before the one written there."""
    site = load_site(args.site)
    return (
        replace(site, paper=replace(site.paper, second_language=args.second_language)) if args.second_language else site
    )


def _write(papers: dict[Template, Receipt], out: Path, width: int, say: Callable[[str], None], *, folder: bool) -> None:
    if folder:
        out.mkdir(parents=True, exist_ok=True)
    for template, paper in papers.items():
        path = out / f"{template.value}.png" if folder else out
        path.parent.mkdir(parents=True, exist_ok=True)
        image = draw(paper, width)
        path.write_bytes(to_png(image))
        say(f"{path}  {image.height / 8:.0f} mm")


def _print(papers: dict[Template, Receipt], target: str, width: int, say: Callable[[str], None]) -> int:
    failed = 0
    with closing(open_printer(PrinterSettings(target, width, PATIENCE_S))) as printer:
        for template, paper in papers.items():
            outcome = printer.print(replace(paper, job=f"sample-{template.value}"))
            failed += not isinstance(outcome, Printed)
            say(f"{template.value}: {STATUS[outcome.status]}")
    return 1 if failed else 0
