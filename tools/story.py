"""The story a hall plays all day, told to driven screens: sign in, take a number, call, serve, rate.

Names are the widgets' object names; every act is a real click or key.
"""

import threading
from typing import Any

from tools.processes import Screen

PROCEDURE = "1.001193"
"""Birth registration: the story's citizen comes for it."""
QUERY = "khai sinh"
BREATH_S = 0.4
SETTLE_S = 0.5
MISSING = "Còn thiếu"


def sign_in(counter: Screen, staff: str = "nv01", pin: str = "0001") -> None:
    """Pick a name, type the PIN, open the counter."""
    counter.ask(do="wait", name=f"staff_{staff}", timeout_s=20)
    counter.ask(do="click", name=f"staff_{staff}")
    counter.ask(do="wait", name="pin")
    counter.ask(do="type", text=pin)
    counter.ask(do="key", key="Return")
    counter.ask(do="wait", name="wish_call")


def search(kiosk: Screen, query: str = QUERY) -> None:
    """From home, find a procedure by typing on the screen's own keyboard, without accents."""
    kiosk.ask(do="click", name="search")
    kiosk.ask(do="wait", name="keyboard")
    for letter in query:
        kiosk.ask(do="click", name="key_space" if letter == " " else f"key_{letter}")


def choose(kiosk: Screen, procedure: str = PROCEDURE) -> None:
    """Choose a procedure among what was found."""
    kiosk.ask(do="click", name=f"procedure_{procedure}")
    kiosk.ask(do="wait", name="procedure_name")


def take_number(kiosk: Screen) -> str:
    """Press *Lấy số* on the procedure's screen and return the number that stands in the door."""
    kiosk.ask(do="click", name="issue")
    kiosk.ask(do="wait", name="ticket_number")
    return str(kiosk.ask(do="text", name="ticket_number")["text"])


def go_home(kiosk: Screen) -> None:
    """Leave the ticket's screen."""
    kiosk.ask(do="click", name="done")
    kiosk.ask(do="wait", name="screen_home")


def call(counter: Screen) -> str:
    """Call the next citizen with the clerk's key; returns the number called."""
    press(counter, "F9")
    counter.ask(do="wait", name="wish_start")
    return str(counter.ask(do="text", name="ticket_number")["text"])


def press(counter: Screen, key: str) -> None:
    """Press a clerk's key as a person does: the window takes two presses within 300 ms for one unsteady one."""
    threading.Event().wait(BREATH_S)
    counter.ask(do="key", key=key)


def start(counter: Screen) -> None:
    """The citizen has come."""
    press(counter, "F9")
    counter.ask(do="wait", name="wish_finish")


def finish(counter: Screen) -> None:
    """The visit is over."""
    press(counter, "F9")
    counter.ask(do="wait", name="wish_call")


def rate(tablet: Screen, face: str) -> None:
    """Touch a face once the tablet asks, and be thanked."""
    tablet.ask(do="wait", name=face)
    tablet.ask(do="click", name=face)
    tablet.ask(do="wait", name="thanks")


def grab(screen: Screen, path: Any) -> None:
    """Save what a screen shows, once its question has slid in (tokens.json, `duration_ms`)."""
    threading.Event().wait(SETTLE_S)
    screen.ask(do="grab", path=str(path))
