"""The page behind a ticket's QR: where it stands, live enough, and which papers are still missing (DESIGN §1, §9)."""

from html import escape

from kiosk.domain.hall import Hall
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.i18n import Words, words
from kiosk.wire.make_views import ticket_answer

REFRESH_S = 15


def ticket_page(hall: Hall, site: Site, catalogue: Catalogue, ticket: Ticket, language: str) -> str:
    """Return the page of one ticket; it shows that ticket only."""
    say = words(language, "phone")
    procedure = catalogue.find(ticket.procedure) if ticket.procedure else None
    queue = site.queue(ticket.queue)
    what = (procedure.short if language == "vi" else procedure.name_en) if procedure else ""
    names = [d.name for n, d in enumerate(procedure.documents) if n in ticket.missing] if procedure else []
    missing = ""
    if names:
        rows = "".join(f"<li lang=vi>{escape(name)}</li>" for name in names)
        missing = f"<h2>{escape(say('Still missing'))}</h2><ul>{rows}</ul>"
    return _page(
        language,
        pick(site.info.name, language),
        f"<p class=label>{escape(say('Your number'))}</p><p class=number>{escape(ticket.number)}</p>"
        f"<p class=what>{escape(what or (pick(queue.name, language) if queue else ''))}</p>"
        f"<p class=state>{escape(_state(hall, site, ticket, say))}</p>{missing}",
        refresh=True,
    )


def unknown_page(site: Site, language: str) -> str:
    """Return the page for a token that belongs to no ticket of today."""
    say = words(language, "phone")
    sentence = say("This ticket is not of today. Please take a new number at the kiosk.")
    return _page(language, pick(site.info.name, language), f"<p class=state>{escape(sentence)}</p>", refresh=False)


def _state(hall: Hall, site: Site, ticket: Ticket, say: Words) -> str:
    told = ticket_answer(hall, site, ticket)
    match ticket.state:
        case TicketState.WAITING if told.wait_high is not None:
            ahead = say.count("{n} person ahead of you", "{n} people ahead of you", told.ahead)
            return ahead + ", " + say("{low} to {high} minutes", low=told.wait_low, high=told.wait_high)
        case TicketState.WAITING:
            return say.count("{n} person ahead of you", "{n} people ahead of you", told.ahead)
        case TicketState.CALLED:
            return say("Please come to counter {counter} now", counter=ticket.counter)
        case TicketState.SERVING:
            return say("You are being served at counter {counter}", counter=ticket.counter)
        case TicketState.DONE:
            return say("Your visit is over. Thank you.")
        case TicketState.NO_SHOW:
            return say("You were called and did not come. Please tell a member of staff.")
        case TicketState.PARKED:
            return say("Set aside for you. Please return to counter {counter}.", counter=ticket.counter)
        case _:
            return say("This number is no longer valid.")


def _page(language: str, title: str, body: str, *, refresh: bool) -> str:
    again = f'<meta http-equiv="refresh" content="{REFRESH_S}">' if refresh else ""
    return f"""<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">{again}
<title>{escape(title)}</title><style>
body{{margin:0;background:#0B3D38;color:#FBF7EE;font:18px/1.45 system-ui,sans-serif}}
header{{padding:1rem 1.2rem}} main{{background:#FBF7EE;color:#12221F;min-height:80vh;padding:3.2rem 1.2rem 2rem;
border-radius:50% 50% 0 0/5rem 5rem 0 0;text-align:center}} .label{{margin:0;color:#485650}}
.number{{font-size:5rem;font-weight:800;line-height:1.1;margin:0}} .what{{font-weight:700;font-size:1.25rem}}
.state{{font-size:1.35rem}} h2{{font-size:1.1rem;color:#8A4700}} ul{{text-align:left;display:inline-block;margin:0}}
</style><header>{escape(title)}</header><main>{body}</main></html>"""
