"""The page behind a ticket's QR: where it stands, live enough, and which papers are still missing (DESIGN §1, §9)."""

from html import escape
from urllib.parse import quote

from kiosk.domain.hall import Call, Hall
from kiosk.domain.next import serves
from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.domain.ticket import ENDED, Move, Ticket, TicketState
from kiosk.i18n import Words, words
from kiosk.wire.make_views import ticket_answer

REFRESH_S = 15
EXPLAINED_CALLS = 3
"""So many of the latest calls are offered an explanation; the page stays about this ticket."""
_HANDS = (TicketState.CALLED, TicketState.PARKED)
"""States that ask the holder to get up: said on saffron, as on every other screen (LOOK, principle 1)."""
_WORKS = tuple(state for state in TicketState if state not in ENDED)
"""States in which a missing paper still matters."""
_STYLE = """
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:#0B3D38;color:#FBF7EE;
font:1.125rem/1.45 "Be Vietnam Pro",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header{padding:1.1rem 1.25rem .9rem;font-weight:600;text-align:center}
header,.what span,.state{text-wrap:balance}
main{flex:1;background:#FBF7EE;color:#12221F;padding:3rem 1.25rem 2rem;border-radius:50% 50% 0 0/4.5rem 4.5rem 0 0;
text-align:center}
main>*{max-width:32rem;margin-left:auto;margin-right:auto}
p,h1,h2,ul{margin-top:0;margin-bottom:0}
.label{color:#0F5B51;font-weight:600}
.number{font-size:min(6rem,24vw);font-weight:800;line-height:1.1;font-variant-numeric:tabular-nums}
.what{display:flex;gap:.7rem;align-items:center;justify-content:center;text-align:left;margin-top:.4rem;
font-size:1.2rem;font-weight:700;line-height:1.38}
.what b{flex:none;min-width:2.1rem;padding:.55rem .5rem .25rem;border-radius:1.05rem 1.05rem .25rem .25rem;
background:#0F5B51;color:#fff;line-height:1;text-align:center}
.state{margin-top:1.4rem;padding:1.1rem 0;border:solid #DCD3BF;border-width:1px 0;font-size:1.35rem;font-weight:700;
line-height:1.38}
.state small{display:block;font-size:1.125rem;font-weight:400;color:#485650}
.hands{padding:1.1rem;border:0;border-radius:1rem;background:#F5B22E;color:#1B1605}
h2{margin-top:1.8rem;font-size:1.125rem;color:#8A4700;text-align:left}
ul{padding:0;list-style:none;text-align:left}
li{margin-top:.6rem;padding:.7rem .9rem;border:2px dashed #8A4700;border-radius:.7rem;overflow-wrap:anywhere}
a{color:#0F5B51}
.why li{border:0;padding:.35rem 0;margin-top:.2rem;text-align:center}
.why{margin-top:1.2rem}
.give{margin-top:1.8rem}
.give a,.why a{display:inline-block;padding:.55rem .3rem}
button{margin-top:1.6rem;width:100%;padding:1rem;border:0;border-radius:1rem;background:#8A4700;color:#fff;font:inherit;
font-weight:700}
.foot{margin-top:1.8rem;color:#485650;font-size:1rem}
"""
"""Colours are the look's light theme (LOOK, tokens.json); a paper that is missing is brown and dashed, never red."""


class PhonePages:
    """The pages of one centre."""

    def __init__(self, site: Site, catalogue: Catalogue) -> None:
        self._site, self._catalogue = site, catalogue

    def ticket(self, hall: Hall, ticket: Ticket, token: str, language: str) -> str:
        """Return the page of one ticket; it shows that ticket only."""
        say = words(language, "phone")
        works = ticket.state in _WORKS
        foot = f"<p class=foot>{escape(say('This page keeps itself up to date.'))}</p>" if works else ""
        hands = " hands" if ticket.state in _HANDS else ""
        body = (
            f"{self._head(ticket, language, say)}"
            f'<p class="state{hands}">{_state(hall, self._site, ticket, say)}</p>'
            f"{self._missing(ticket, say) if works else ''}{_why_links(hall, self._site, ticket, token, say)}"
            f"{_give_up_link(ticket, token, say)}{foot}"
        )
        return self._page(language, body, refresh=True)

    def give_up(self, ticket: Ticket, token: str, language: str) -> str:
        """Return the page that asks whether a number is really given up."""
        say = words(language, "phone")
        sentence = say("Give up this number? It cannot be brought back.")
        return self._page(
            language,
            f"{self._head(ticket, language, say)}<p class=state>{escape(sentence)}</p>"
            f"<form method=post><button>{escape(say('Yes, I give it up'))}</button></form>{_back_link(token, say)}",
        )

    def why(self, ticket: Ticket, token: str, sentence: str, language: str) -> str:
        """Return the page that says in one sentence why another number was called before."""
        say = words(language, "phone")
        body = f"{self._head(ticket, language, say)}<p class=state>{escape(sentence)}</p>"
        return self._page(language, body + _back_link(f"../{token}", say))

    def unknown(self, language: str) -> str:
        """Return the page for a token that belongs to no ticket of today."""
        say = words(language, "phone")
        sentence = say("This ticket is not of today. Please take a new number at the kiosk.")
        return self._page(language, f"<p class=state>{escape(sentence)}</p>")

    def _head(self, ticket: Ticket, language: str, say: Words) -> str:
        """Return what the paper says: the number, or before there is one the time it was booked for; and what for."""
        procedure = self._catalogue.find(ticket.procedure) if ticket.procedure else None
        queue = self._site.queue(ticket.queue)
        what = (procedure.short if language == "vi" else procedure.name_en) if procedure else ""
        what = what or (pick(queue.name, language) if queue else "")
        label, number = say("Your number"), ticket.number
        if not number and ticket.slot_at is not None:
            label, number = say("Your appointment"), f"{self._site.local(ticket.slot_at):%H:%M}"
        return (
            f"<p class=label>{escape(label)}</p><h1 class=number>{escape(number)}</h1>"
            f"<p class=what><b>{escape(ticket.queue)}</b><span>{escape(what)}</span></p>"
        )

    def _missing(self, ticket: Ticket, say: Words) -> str:
        procedure = self._catalogue.find(ticket.procedure) if ticket.procedure else None
        names = [d.name for n, d in enumerate(procedure.documents) if n in ticket.missing] if procedure else []
        rows = "".join(f"<li lang=vi>{escape(name)}</li>" for name in names)
        return f"<h2>{escape(say('Still missing'))}</h2><ul>{rows}</ul>" if rows else ""

    def _page(self, language: str, body: str, *, refresh: bool = False) -> str:
        return _page(language, pick(self._site.info.name, language), body, refresh=refresh)


def explained_calls(hall: Hall, site: Site, ticket: Ticket) -> list[Call]:
    """Return the latest calls a waiting citizen may ask about: made since she waits, by counters that can take her."""
    if ticket.state is not TicketState.WAITING:
        return []
    return [
        call
        for call in hall.calls
        if call.seq > ticket.waiting_seq
        and not call.again
        and (setup := site.counter(call.counter)) is not None
        and serves(hall, setup, ticket.queue)
    ][:EXPLAINED_CALLS]


def _state(hall: Hall, site: Site, ticket: Ticket, say: Words) -> str:
    """Say how the ticket stands, as HTML: one sentence, and while it waits a smaller one that says where."""
    match ticket.state:
        case TicketState.WAITING:
            return _waiting(hall, site, ticket, say)
        case TicketState.CALLED:
            sentence = say("Please come to counter {counter} now", counter=ticket.counter)
        case TicketState.SERVING:
            sentence = say("You are being served at counter {counter}", counter=ticket.counter)
        case TicketState.DONE:
            sentence = say("Your visit is over. Thank you.")
        case TicketState.NO_SHOW:
            sentence = say("You were called and did not come. Please tell a member of staff.")
        case TicketState.PARKED:
            sentence = say("Set aside for you. Please return to counter {counter}.", counter=ticket.counter)
        case TicketState.AWAY:
            sentence = say(
                "Bring the missing papers by {time} and show this page to the staff: you are next.",
                time=_time(site, ticket),
            )
        case TicketState.DEFERRED:
            sentence = say(
                "You are promised the first hour: {time}. Your number stands in line then by itself.",
                time=_time(site, ticket),
            )
        case TicketState.BOOKED:
            sentence = say(
                "You are booked for {day}. Show this page to the staff when you come.", day=_day(site, ticket)
            )
        case _:
            sentence = say("This number is no longer valid.")
    return escape(sentence)


def _waiting(hall: Hall, site: Site, ticket: Ticket, say: Words) -> str:
    told = ticket_answer(hall, site, ticket)
    ahead = say.count("{n} person ahead of you", "{n} people ahead of you", told.ahead)
    if not told.ahead:
        ahead = say("Nobody ahead of you")
    if told.wait_high is not None:
        ahead += ", " + say("{low} to {high} minutes", low=told.wait_low, high=told.wait_high)
    *others, last = [str(number) for number in told.counters] or [""]
    where = ""
    if others:
        where = say("Counter {numbers} or {last}", numbers=", ".join(others), last=last)
    elif last:
        where = say("Counter {counter}", counter=last)
    return escape(ahead) + (f"<small>{escape(where)}</small>" if where else "")


def _time(site: Site, ticket: Ticket) -> str:
    """Say until or from when, with the day: both may be another than today."""
    return f"{site.local(ticket.until or 0):%H:%M, %d/%m}"


def _day(site: Site, ticket: Ticket) -> str:
    return f"{site.local(ticket.slot_at or 0):%d/%m}"


def _why_links(hall: Hall, site: Site, ticket: Ticket, token: str, say: Words) -> str:
    """Offer the reason for each number that was called before this one."""
    links = "".join(
        f'<li><a href="{escape(token)}/why/{quote(call.number)}">'
        f"{escape(say('Why was {number} called before me?', number=call.number))}</a></li>"
        for call in explained_calls(hall, site, ticket)
    )
    return f"<ul class=why>{links}</ul>" if links else ""


def _give_up_link(ticket: Ticket, token: str, say: Words) -> str:
    if ticket.after(Move.CANCEL) is None:
        return ""
    return f'<p class=give><a href="{escape(token)}/cancel">{escape(say("I give this number up"))}</a></p>'


def _back_link(address: str, say: Words) -> str:
    """Return a link back to the ticket; the address is as seen from one step below it."""
    return f'<p class=give><a href="../{escape(address)}">{escape(say("Back to my number"))}</a></p>'


def _page(language: str, title: str, body: str, *, refresh: bool) -> str:
    again = f'<meta http-equiv="refresh" content="{REFRESH_S}">' if refresh else ""
    return f"""<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<meta name="theme-color" content="#0B3D38">{again}<title>{escape(title)}</title><style>{_STYLE}</style></head>
<body><header>{escape(title)}</header><main>{body}</main></body></html>"""
