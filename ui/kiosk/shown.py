"""What a kiosk screen is drawn from: the flow's state and the hall around it, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.catalogue.search import SearchIndex
from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.site import Queue, Site
from kiosk.flows.kiosk_events import Attempt
from kiosk.flows.kiosk_state import KioskState
from kiosk.i18n import Words, words
from kiosk.wire.views import KioskView, QueueView
from ui.theme import Theme


@dataclass(frozen=True)
class Shown:
    """One moment of the kiosk. Screens read it and change nothing in it."""

    theme: Theme
    state: KioskState
    site: Site
    catalogue: Catalogue
    index: SearchIndex
    languages: tuple[str, ...]
    new_attempt: Callable[[], Attempt]
    """Makes the ids of a wish for a number, at the moment of the touch."""
    hall: KioskView | None = None
    """How busy the hall is; None until the hub has said so."""
    connected: bool = True
    now_ms: int = 0
    """Wall time, UTC milliseconds."""

    @property
    def say(self) -> Words:
        """The kiosk's words in the citizen's language."""
        return words(self.state.language, "kiosk")

    @property
    def facts(self) -> Words:
        """Words for fees, times and copies: the same ones as on paper."""
        return words(self.state.language, "catalogue")

    @property
    def english(self) -> bool:
        """Whether official wording needs a remark: it is Vietnamese and is not translated."""
        return self.state.language != "vi"

    def headline(self, procedure: Procedure) -> str:
        """Return a procedure's short name, or its English one where the catalogue has it."""
        return procedure.name_en if self.english and procedure.name_en else procedure.short

    def queue_of(self, procedure: Procedure) -> Queue | None:
        """Return the queue that takes a procedure; None where this centre does not."""
        return self.site.queue_of_field(procedure.field)

    def line_of(self, queue_id: str) -> QueueView | None:
        """Return how a queue stands now, None where nobody knows."""
        return self.hall.queues.get(queue_id) if self.hall is not None and self.connected else None
