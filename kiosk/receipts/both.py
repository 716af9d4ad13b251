"""A paper in the language of whoever takes it, or in two: everything said twice, the same facts once."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from kiosk.domain.paper import Template
from kiosk.domain.receipt import (
    AnyBlock,
    ChecklistBlock,
    CutBlock,
    GridBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    TableBlock,
    TextBlock,
    WriteBlock,
)
from kiosk.domain.site import Site
from kiosk.receipts.voice import Voice

Make = Callable[[Voice], Iterable[AnyBlock]]


def compose(site: Site, machine: int, template: Template, language: str, at_ms: int, make: Make) -> Receipt:
    """Make a paper in the languages the centre set up for it.

    Args:
        site: the centre.
        machine: number of the machine that prints; 0 for none.
        template: which paper.
        language: of the citizen.
        at_ms: the moment on the paper, UTC milliseconds.
        make: gives the paper's blocks in one language. An empty text keeps the place of what another language says.
    """
    languages = site.paper.languages(template, language)
    passes = [tuple(make(Voice(site, machine, template, one, at_ms))) for one in languages]
    blocks = [block for block in _joined(passes) if not _says_nothing(block)]
    if not blocks or not isinstance(blocks[-1], CutBlock):
        blocks.append(CutBlock())
    return Receipt(tuple(blocks))


def _says_nothing(block: AnyBlock) -> bool:
    return isinstance(block, TextBlock) and not block.text and not block.right


def _joined(passes: Sequence[Sequence[AnyBlock]]) -> Iterable[AnyBlock]:
    if len(passes) == 1:
        return passes[0]
    first, second = passes
    if [type(block) for block in first] != [type(block) for block in second]:
        # No template does this, and if one did, a citizen would still get all of her paper.
        return (*first, RuleBlock(), *second)
    said: tuple[set[str], set[str]] = (set(), set())
    joined: list[AnyBlock] = []
    for one, other in zip(first, second, strict=True):
        if isinstance(one, CutBlock):
            said = (set(), set())
        joined += _pair(_news(one, said[1] - said[0]), _news(other, said[0] - said[1]))
        said[0].update(_titles(one))
        said[1].update(_titles(other))
    return joined


def _news(block: AnyBlock, said: set[str]) -> AnyBlock:
    """Leave out a text that only the other language has said so far: under a foreign name stands the Vietnamese one."""
    return replace(block, text="") if isinstance(block, TextBlock) and block.text in said else block


def _titles(block: AnyBlock) -> tuple[str, ...]:
    match block:
        case NumberBlock(number=title) | QueueBlock(title=title) | TextBlock(text=title):
            return (title,)
        case _:
            return ()


def _pair(one: AnyBlock, other: AnyBlock) -> Iterator[AnyBlock]:
    """Say a block in both languages; what is the same in both is said once."""
    match one, other:
        case TextBlock(), TextBlock() if one != other:
            yield one
            yield replace(other, size=Size.SMALL, bold=False)
        case NumberBlock(), NumberBlock():
            yield NumberBlock(_lines(one.number, other.number), _beside(one.caption, other.caption))
        case QueueBlock(), QueueBlock():
            said = [line for line in (other.title, other.text) if line != one.title]
            yield replace(one, text=_lines(one.text, "\n".join(said)))
        case TableBlock(), TableBlock():
            pairs = zip(one.columns, other.columns, strict=True)
            yield TableBlock(tuple((_beside(a[0], b[0]), _lines(a[1], b[1])) for a, b in pairs))
        case ChecklistBlock(), ChecklistBlock():
            rows = zip(one.rows, other.rows, strict=True)
            yield ChecklistBlock(tuple((_lines(a[0], b[0]), a[1]) for a, b in rows))
        case GridBlock(), GridBlock():
            heads = zip(one.headings, other.headings, strict=True)
            rows_ = zip(one.rows, other.rows, strict=True)
            yield GridBlock(
                tuple(_lines(a, b) for a, b in heads),
                tuple((_lines(a[0], b[0]), *a[1:]) for a, b in rows_),
            )
        case WriteBlock(), WriteBlock():
            yield replace(one, labels=tuple(_beside(a, b) for a, b in zip(one.labels, other.labels, strict=True)))
        case QrBlock(), QrBlock():
            yield replace(one, title=_beside(one.title, other.title), text=_lines(one.text, other.text))
        case _:
            yield one


def _lines(one: str, other: str) -> str:
    """Set one text under the other; a line that is there already is not said again."""
    lines = one.split("\n")
    return "\n".join(filter(None, [*lines, *(line for line in other.split("\n") if line not in lines)]))


def _beside(one: str, other: str) -> str:
    return " / ".join(dict.fromkeys(filter(None, (one, other))))
