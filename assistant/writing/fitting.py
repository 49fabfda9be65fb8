"""Sections on their way into a message: what each says, and shortening them to the length that is asked for."""

from dataclasses import dataclass, replace

from assistant.domain.brief import Brief
from assistant.domain.draft import Origin, Section, Sentence
from assistant.domain.guidance import PlaybookStep
from assistant.domain.project import Language
from assistant.writing.line_reading import PHRASINGS
from assistant.writing.markers import without_gaps
from assistant.writing.quoting import meeting_of, told_again
from assistant.writing.restating import shorter

_KEPT = 9.0


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence on its way into a section. One of weight 9 and above stays whatever the length."""

    text: str
    labels: tuple[int, ...] = ()
    weight: float = 10.0


@dataclass(slots=True)
class Part:
    """A playbook step's sentences. `before` and `after` are the playbook's own words around them."""

    step: PlaybookStep
    items: list[Item]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def sections(self, language: Language, place: int) -> tuple[Section, ...]:
        """Make the section of a playbook step, ids by its place in the message; what follows a list stands below it."""
        step, listed = self.step, self.step.layout == "list"
        if listed and not self.items:
            return (Section(step.id, _sentences([*map(Item, (*self.before, *self.after))], place, 1)),)
        own = [*map(Item, self.before), *self.items, *(() if listed else map(Item, self.after))]
        sentences = _sentences(own, place, 1)
        heading = step.heading.get(language)
        made = (Section(step.id, sentences, heading, step.layout),) if sentences else ()
        if listed and self.after:
            made = (*made, Section(step.id, _sentences([*map(Item, self.after)], place, len(own) + 1)))
        return made

    def words_around(self, language: Language) -> tuple[str, ...]:
        """Give the words that stand whatever is left out: the heading and the playbook's own."""
        return (self.step.heading.get(language), *self.before, *self.after)


def _sentences(items: list[Item], place: int, first: int) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(f"s{place}-{i}", item.text, item.labels, Origin.OFFLINE) for i, item in enumerate(items, start=first)
    )


def varied(items: list[Item], language: Language) -> list[Item]:
    """Do not begin every risk of a list, or every quotation from one meeting, with the same words."""
    first, again = PHRASINGS[language].risk_openings
    seen, meeting = False, ""
    made = []
    for item in items:
        text, day = item.text, meeting_of(item.text, language)
        if seen and text.startswith(first):
            text = again + text[len(first) :]
        elif day and day == meeting:
            text = told_again(text, language)
        seen, meeting = seen or text.startswith(first), day
        made.append(replace(item, text=text))
    return made


def within(parts: list[Part], limit: float, brief: Brief) -> tuple[list[Part], list[str]]:
    """Shorten to the limit, and list what was left out.

    The least wanted sentences go first; what answers a client goes last, and what the client wrote loses asides alone.
    """
    left_out: list[str] = []

    def length() -> int:
        return sum(measure(item.text, brief.language) for part in parts for item in part.items)

    # Beside the client's own words, a reply keeps two sentences that answer them for as long as it can.
    for fewest in (2, 1) if brief.inbound else (1,):
        while length() > limit and (out := _least_wanted(parts, fewest, brief.language)):
            part, item = out
            part.items.remove(item)
            left_out.append(item.text)
        for boldly in (False, True) if fewest == 1 else (False,):
            while length() > limit and (whole := _shorten_a_quotation(parts, brief, boldly=boldly)):
                left_out += [whole] if boldly else []
    return parts, left_out


def _least_wanted(parts: list[Part], fewest: int, language: Language) -> tuple[Part, Item] | None:
    """Find what goes next: the least wanted of the longest section, so that no section talks the others away."""
    spare = [part for part in parts if sum(item.weight < _KEPT for item in part.items) > fewest]
    if not spare:
        return None
    longest = max(spare, key=lambda part: sum(measure(item.text, language) for item in part.items))
    return longest, min((item for item in longest.items if item.weight < _KEPT), key=lambda item: item.weight)


def _shorten_a_quotation(parts: list[Part], brief: Brief, *, boldly: bool) -> str:
    """Take a clause off the longest quotation of the client that can spare one; give what it was, if there was any."""
    inbound = brief.inbound
    points = [part for part in parts if inbound and "point" in part.step.roles]
    places = [
        (part, i)
        for part in points
        for i, it in enumerate(part.items)
        if inbound and shorter(it.text, inbound, boldly=boldly)
    ]
    if not places or inbound is None:
        return ""
    part, i = max(places, key=lambda place: len(place[0].items[place[1]].text))
    whole = part.items[i].text
    part.items[i] = replace(part.items[i], text=shorter(whole, inbound, boldly=boldly))
    return whole


def measure(text: str, language: Language) -> int:
    """Count words or characters; what stands in a gap is told to the person who fills it, not to the client."""
    text = without_gaps(text)
    return len("".join(text.split())) if language == "zh" else len(text.split())
