"""Which key of the clerk's keyboard means what, wherever the focus is in her window."""

from kiosk.flows.counter_events import Wish
from ui.counter.strip import KEY_OF_ASK

NEXT_STEP = "F9"
KEY_OF: dict[Wish, str] = {
    Wish.UNDO: "F7",
    Wish.RECALL: "F10",
    Wish.NO_SHOW: "F8",
    Wish.PAUSE: "F11",
    Wish.CLOSE: "F12",
}
"""Keys of wishes that are not the next step; the next step is always on F9."""
ASK_OF = {key: kind for kind, key in KEY_OF_ASK.items()}
STEP_KEYS = ("F5", "F8", "F10")
JUDGE = {"+": Wish.CONFIRM, "-": Wish.STRIKE}
WISH_OF = {key: wish for wish, key in KEY_OF.items()}
BACK_KEY = "*"
"""Someone who was set aside stands here."""
STEPS_OF_F5 = (Wish.START, Wish.FINISH)
"""F5 begins and ends a visit and never calls: for hands that would rather have two keys."""
