"""Play the whole story with the real processes, and write down every moment of it (issue 2, part 8)."""

import contextlib
import importlib.util
import shutil
import wave
from pathlib import Path

import httpx
from PIL import Image, ImageOps

from kiosk.catalogue.site_file import load_site
from kiosk.hub.journal.reader import Reader
from tools import story
from tools.command_line import DEMO_SITE
from tools.processes import end_on_signals
from tools.tour import central, moments
from tools.tour.report import Report, StepError, expect
from tools.tour.stage import COUNTER, Stage, fresh_work, has_display

MARGIN_DOTS = 24
FROZEN = "this program was built without test parts"


def run(out: Path) -> int:
    """Play the tour into a folder; returns 0 only when every step held.

    Raises:
        FileExistsError: there is a folder "work" already that no tour has made.
    """
    fresh_work(out)
    report = Report(out, lambda line: print(line, flush=True))
    end_on_signals()
    report.facts["screen"] = "windows" if has_display() else "none: drawn in memory"
    with report.story(), contextlib.ExitStack() as stack:
        _Tour(report, Stage(out, stack), stack).play()
    path = report.write()
    print(f"{'The tour held.' if report.held else 'The tour did not hold.'} See {path}", flush=True)
    return 0 if report.held else 1


class _Tour:
    """The story's chapters, in order."""

    def __init__(self, report: Report, stage: Stage, stack: contextlib.ExitStack) -> None:
        self._report, self._stage, self._stack = report, stage, stack
        self._out = report.out
        self._province: central.Province | None = None
        self._number = ""
        self._address = ""

    def play(self) -> None:
        """Play everything; the first step that fails ends it."""
        self._open_the_hall()
        self._citizen_takes_a_number()
        self._paper_comes()
        self._phone_follows()
        self._clerk_calls()
        self._visit_and_rating()
        self._home_by_itself()
        self._province_knows()

    # --- chapters

    def _open_the_hall(self) -> None:
        if central.can_start():
            with self._report.step("the province's PostgreSQL starts, is migrated, and knows the site"):
                self._province = central.Province(load_site(DEMO_SITE).info.id)
                self._stack.callback(self._province.stop)
        else:
            self._report.skip("the province's PostgreSQL", FROZEN)
        with self._report.step("a printer listens on TCP") as seen:
            self._stage.open_receiver()
            seen["address"] = self._stage.receiver.address
        with self._report.step("the hub starts"):
            self._stage.start_hub(self._province.dsn if self._province else "")
        for role in ("kiosk", "counter", "board", "tablet"):
            self._stage.start_screen(role)
        for role, name in {"kiosk": "screen_home", "counter": "staff_nv01", "tablet": "counter_number"}.items():
            with self._report.step(f"the {role} is ready") as seen:
                self._stage.screens[role].ask(do="wait", name=name, timeout_s=30)
                seen["picture"] = self._picture(role, f"01-{role}-at-rest")
        with self._report.step("the kiosk has its printer's parts loaded before anyone asks for paper"):
            moments.wait_for(self._stage.trace("kiosk"), lambda m: m["moment"] == "printer_warm", 15)
        with self._report.step("a clerk signs in with a PIN"):
            story.sign_in(self._stage.screens["counter"])
            self._picture("counter", "02-counter-signed-in")

    def _citizen_takes_a_number(self) -> None:
        kiosk = self._stage.screens["kiosk"]
        with self._report.step(f"a citizen types “{story.QUERY}” and finds her procedure"):
            story.search(kiosk)
            self._picture("kiosk", "03-kiosk-search")
            story.choose(kiosk)
            self._picture("kiosk", "04-kiosk-procedure")
        with self._report.step("she ticks the papers she holds; what is missing is said in words") as seen:
            kiosk.ask(do="click", name="paper_0")
            kiosk.ask(do="wait", name="missing", text=story.MISSING)
            seen["said"] = kiosk.ask(do="text", name="missing")["text"]
            self._picture("kiosk", "05-kiosk-papers")
        with self._report.step("she presses Lấy số and sees her number") as seen:
            self._number = story.take_number(kiosk)
            seen["number"] = self._number
            self._picture("kiosk", "06-kiosk-ticket")

    def _paper_comes(self) -> None:
        with self._report.step("the paper comes out of the printer") as seen:
            expect(self._stage.receiver.wait_for_papers(1, 20), "no paper came within 20 s")
            expect(not self._stage.receiver.problems, f"bytes nobody understands: {self._stage.receiver.problems}")
            image = self._stage.receiver.papers[0].image
            path = self._out / "07-paper.png"
            _with_margin(image).save(path)
            seen["picture"], seen["dots"] = path.name, list(image.size)
            trace = self._stage.trace("kiosk")
            tap = moments.wait_for(trace, lambda m: m["moment"] == "tap_issue", 5)
            byte = moments.wait_for(
                trace, lambda m: m["moment"] == "printer_first_byte" and m["job"] == tap["ticket"], 5
            )
            seen["tap_to_first_printer_byte_ms"] = moments.between_ms(tap, byte)
        tickets = self._tickets()
        expect(len(tickets) == 1, f"the hub holds {len(tickets)} tickets instead of one")
        if importlib.util.find_spec("zxingcpp") is None:
            self._report.skip("the QR on the received paper", FROZEN)
            return
        with self._report.step("the QR on the received paper is the ticket's own address") as seen:
            import zxingcpp

            found = [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]
            expect(len(found) == 1, f"{len(found)} codes on the paper")
            self._address = found[0]
            seen["qr"] = self._report.facts["qr"] = self._address
            expect(self._address == f"{self._stage.hub.url}/t/{self._token()}", "another address")

    def _phone_follows(self) -> None:
        if not self._address:
            return
        with self._report.step("a phone opens the address and sees the number") as seen:
            page = httpx.get(self._address, trust_env=False, headers={"Accept-Language": "vi"})
            expect(page.status_code == 200, f"the page answers {page.status_code}")
            expect(self._number in page.text, "the number is not on the page")
            (self._out / "08-phone-page.html").write_text(page.text, encoding="utf-8")
            seen["page"] = "08-phone-page.html"

    def _clerk_calls(self) -> None:
        stage = self._stage
        with self._report.step("the clerk calls; the board shows it") as seen:
            called = story.call(stage.screens["counter"])
            expect(called == self._number, f"{called} was called instead of {self._number}")
            painted = moments.wait_for(
                stage.trace("board"), lambda m: m["moment"] == "board_painted" and m["number"] == self._number, 10
            )
            keys = [m for m in moments.read(stage.trace("counter")) if m["moment"] == "clerk_key" and m["key"] == "F9"]
            seen["key_to_board_paint_ms"] = moments.between_ms(keys[0], painted)
            self._report.facts["key_to_board_paint_ms"] = seen["key_to_board_paint_ms"]
            self._picture("counter", "09-counter-called")
            self._picture("board", "10-board-call")
        with self._report.step("the hall hears it") as seen:
            said = moments.wait_for(stage.trace("board"), lambda m: m["moment"] == "announcement_written", 10)
            target = self._out / "11-call.wav"
            shutil.copyfile(said["file"], target)
            seen["wav"], seen["seconds"] = target.name, _seconds_of_sound(target)
        with self._report.step("the tablet shows who is called"):
            stage.screens["tablet"].ask(do="wait", name="called_door", timeout_s=10)
            self._picture("tablet", "12-tablet-called")

    def _visit_and_rating(self) -> None:
        counter, tablet = self._stage.screens["counter"], self._stage.screens["tablet"]
        with self._report.step("the visit begins"):
            story.start(counter)
            self._picture("counter", "13-counter-serving")
            self._picture("tablet", "14-tablet-serving")
        with self._report.step("the visit ends and the rating opens by itself"):
            story.finish(counter)
            tablet.ask(do="wait", name="face_skip", timeout_s=10)
            self._picture("tablet", "15-tablet-rating")
        with self._report.step("one tap rates, the tablet thanks, the hub counts one sealed ballot"):
            story.rate(tablet, "face_very_satisfied")
            self._picture("tablet", "16-tablet-thanks")
            self._wait_for_ballot()
        with self._report.step("the tablet returns to rest by itself"):
            tablet.ask(do="wait", name="counter_number", timeout_s=15)

    def _home_by_itself(self) -> None:
        kiosk = self._stage.screens["kiosk"]
        with self._report.step("the kiosk returns home by itself"):
            kiosk.ask(do="wait", name="screen_home", timeout_s=40)
            self._picture("kiosk", "17-kiosk-home-again")

    def _province_knows(self) -> None:
        if self._province is None:
            self._report.skip("central holds exactly the journal", FROZEN)
            return
        with self._report.step("central holds every row of the journal, by seq and hash") as seen:
            journal = self._settled_journal(self._province)
            seen["rows"] = self._province.holds(journal)
            self._report.facts["central_holds_the_journal"] = True

    # --- looking

    def _picture(self, role: str, name: str) -> str:
        path = self._out / f"{name}.png"
        story.grab(self._stage.screens[role], path)
        return path.name

    def _reader(self) -> Reader:
        return Reader(self._stage.work / "hub" / "hub.db")

    def _tickets(self) -> tuple[dict[str, object], ...]:
        with contextlib.closing(self._reader()) as reader:
            return reader.batch_after(0, 1000).changed["tickets"]

    def _token(self) -> str:
        with contextlib.closing(self._reader()) as reader:
            return next(
                side.payload.decode() for row in reader.rows_after(0, 1000) for side in row.side if side.kind == "token"
            )

    def _wait_for_ballot(self) -> None:
        headers = {"Authorization": f"Bearer {self._stage.hub.tokens['tablet']}"}
        for _ in moments.patience(10):
            view = httpx.get(f"{self._stage.hub.url}/v1/hall?counter={COUNTER}", headers=headers, trust_env=False)
            if "rating_ticket" not in view.json():
                return
        raise StepError("the ballot did not reach the hub")

    def _settled_journal(self, province: central.Province) -> list[tuple[int, str]]:
        """Wait until central is up to date, and return the hub's journal as (seq, hash)."""
        with contextlib.closing(self._reader()) as reader:
            for _ in moments.patience(20):
                journal = [(row.seq, row.hash) for row in reader.rows_after(0, 10_000)]
                if province.rows() == len(journal):
                    return journal
        raise StepError(f"central holds {province.rows()} of {len(journal)} rows after 20 s")


def _with_margin(image: Image.Image) -> Image.Image:
    return ImageOps.expand(image.convert("L"), MARGIN_DOTS, fill=255)


def _seconds_of_sound(path: Path) -> float:
    with wave.open(str(path)) as sound:
        expect(any(sound.readframes(sound.getnframes())), "the call is silent")
        return round(sound.getnframes() / sound.getframerate(), 2)
