"""A model proposes items; what it says is believed only as far as the note says it too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.actions.changes import words_of
from assistant.actions.dues import find_due
from assistant.actions.outline import Box, Line, Under
from assistant.actions.people import ME, People
from assistant.actions.states import NEGATED, REJECTED, is_closed, is_supposed
from assistant.actions.tasks import EDGE, clean
from assistant.domain.actions import ActionItem

_BELIEVED = 0.75
_LOWERED = 0.2  # for each thing that the note does not say
_LEAST = 0.4
_SHORTEST_QUOTE = 4
_OWN_WORDS = 0.5  # share of a task's words that the quoted lines must have


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model gave for one item, unverified."""

    task: str
    owner: str
    due: str
    quote: str


def verified(
    proposals: Iterable[Proposed],
    text: str,
    within: tuple[int, int],
    lines: Sequence[Line],
    people: People,
    orders: Sequence[tuple[int, int]],
) -> tuple[ActionItem, ...]:
    """Give the proposals that the note's characters `within` bear out, each with the place of its quote.

    A quote that is not there drops the item; so do words that are done, refused, supposed or spoken to an assistant. An
    owner or a day that the quoted lines do not say is left out and lowers the confidence.
    """
    squeezed = _Squeezed(text, *within)
    found = []
    for proposal in proposals:
        place = squeezed.find(proposal.quote)
        if place is None or any(a < place[1] and place[0] < b for a, b in orders):
            continue
        holding = [line for line in lines if line.start < place[1] and place[0] < line.end]
        if holding:
            item = _believed(proposal, text, place, holding, people)
            if item is not None:
                found.append(item)
    return tuple(found)


def _believed(
    proposal: Proposed, text: str, place: tuple[int, int], holding: Sequence[Line], people: People
) -> ActionItem | None:
    quote = text[place[0] : place[1]]
    closed = any(line.box is Box.TICKED or line.struck or line.under is Under.CLOSED for line in holding)
    if closed or is_closed(quote) or REJECTED.search(quote) or NEGATED.search(quote) or is_supposed(quote):
        return None
    around = text[min(line.speaker_at if line.speaker_at >= 0 else line.start for line in holding) : holding[-1].end]
    sure = _BELIEVED
    owner = _owner(proposal.owner, around, holding[0], people)
    if proposal.owner.strip() and owner is None:
        sure -= _LOWERED
    said = find_due(quote, holding[0].reference, listed=True)
    given = proposal.due.strip()
    if given and _bare(given) not in _bare(around):
        sure -= _LOWERED
    elif given:
        said = find_due(given, holding[0].reference, listed=True) or said
    task = clean(proposal.task, None, "listed")
    if not _in_own_words(task, around):
        task, sure = clean(quote, said if said and said.words in quote else None, "listed"), sure - _LOWERED
    if sure < _LEAST or not any(c.isalnum() for c in task):
        return None
    return ActionItem(
        task=task,
        owner=owner,
        due=said.day if said else None,
        due_text=said.words if said else "",
        quote=quote,
        start=place[0],
        end=place[1],
        start_line=text.count("\n", 0, place[0]) + 1,
        confidence=round(sure, 2),
        internal=any(line.internal for line in holding),
        due_rule=said.rule if said else "",
    )


def _owner(words: str, around: str, line: Line, people: People) -> str | None:
    parts = [part.strip(EDGE) for part in re.split(r"[;；,，、]| and ", words) if part.strip(EDGE)]
    if not parts:
        return None
    named = []
    for part in parts:
        if part.casefold() in ME or (line.speaker and part.casefold() == line.speaker.casefold()):
            named.append(people.owner(line.speaker) or line.speaker or part)
        elif _bare(part) and _bare(part) in _bare(around) and people.owner(part):
            named.append(part)
        else:
            return None
    return "; ".join(named)


def _in_own_words(task: str, around: str) -> bool:
    words, said = words_of(task), words_of(around)
    numbers = re.findall(r"[0-9]+", task)
    return bool(words) and len(words & said) >= _OWN_WORDS * len(words) and all(n in around for n in numbers)


def _bare(words: str) -> str:
    return "".join(words.split()).casefold()


def merged(by_rules: Sequence[ActionItem], by_model: Sequence[ActionItem]) -> tuple[ActionItem, ...]:
    """Put both together: what both found is surer and keeps the rules' reading, what only one found stays as it is.

    The same words proposed twice, as at the seam of two parts, count once.
    """
    kept = list(by_rules)
    for item in by_model:
        same = next((n for n, old in enumerate(kept) if _same(old, item)), None)
        if same is None:
            kept.append(item)
        else:
            old = kept[same]
            kept[same] = replace(
                old, owner=old.owner or item.owner, confidence=max(old.confidence, 0.95 if old in by_rules else 0.0)
            )
    return tuple(sorted(kept, key=lambda i: (i.start, i.end)))


def _same(a: ActionItem, b: ActionItem) -> bool:
    touch = a.start < b.end and b.start < a.end
    first, second = words_of(a.task), words_of(b.task)
    shared = len(first & second) / max(1, min(len(first), len(second)))
    return touch and shared >= _OWN_WORDS


class _Squeezed:
    """A part of a text without white space, in which a quote is found however it was wrapped."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._places = [n for n in range(start, end) if not text[n].isspace()]
        self._text = "".join(text[n] for n in self._places)

    def find(self, quote: str) -> tuple[int, int] | None:
        """Give the characters of the text that hold the quote, white space aside, letter for letter."""
        wanted = "".join(quote.split())
        at = self._text.find(wanted) if len(wanted) >= _SHORTEST_QUOTE else -1
        return None if at < 0 else (self._places[at], self._places[at + len(wanted) - 1] + 1)
