"""`main.py journal`: sentences go to standard output, or, where rows are written there, to standard error."""

import argparse
import sys
from pathlib import Path

from kiosk.hub.care import cli


def run(args: argparse.Namespace) -> int:
    """Run one action on a data folder; returns the exit code."""
    match args.action:
        case "verify" if args.file:
            return cli.run_verify_file(args.file, print, _aside)
        case "verify":
            return cli.run_verify(args.data, print, _aside)
        case "export":
            return _export(args, cli.Wanted(args.first, args.last, args.day))
        case "backup":
            return cli.run_backup(args.data, args.to, print, _aside)
        case "restore":
            return cli.run_restore(args.file, args.data, print, _aside)
        case _:
            return cli.run_rebuild(args.data, print, _aside)


def _export(args: argparse.Namespace, wanted: cli.Wanted) -> int:
    if args.out is None:
        return cli.run_export(args.data, sys.stdout.buffer, wanted, _aside, _aside)
    out: Path = args.out
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            code = cli.run_export(args.data, file, wanted, print, _aside)
        if code == cli.DONE:
            part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return code


def _aside(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
