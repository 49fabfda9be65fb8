"""Sections on their way into a message: what each says, and shortening them to the length that is asked for."""

from dataclasses import dataclass, replace

from assistant.domain.brief import Brief
from assistant.domain.draft import Origin, Section, Sentence
from assistant.domain.guidance import PlaybookStep
from assistant.domain.project import Language
from assistant.writing.markers import without_gaps
from assistant.writing.quoting import meeting_of, told_again
from assistant.writing.reading import PHRASINGS
from assistant.writing.restating import shorter


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence on its way into a section. Weight 9 and above stays whatever the length."""

    text: str
    labels: tuple[int, ...] = ()
    weight: float = 10.0


@dataclass(slots=True)
class Part:
    """A playbook step's sentences."""

    step: PlaybookStep
    items: list[Item]

    def section(self, language: Language, place: int) -> Section:
        """Make the section of a playbook step, ids by its place in the message."""
        sentences = tuple(
            Sentence(f"s{place}-{i}", item.text, item.labels, Origin.OFFLINE)
            for i, item in enumerate(self.items, start=1)
        )
        return Section(self.step.id, sentences, self.step.heading.get(language), self.step.layout)


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
    """Shorten to the limit: the least wanted sentences go first, never a section's last one; they are listed."""
    left_out: list[str] = []

    def length() -> int:
        return sum(measure(item.text, brief.language) for part in parts for item in part.items)

    while length() > limit:
        # Beside the client's own words, a reply keeps two sentences that answer them.
        fewest = 2 if brief.inbound else 1
        spare = [part for part in parts if sum(item.weight < 9 for item in part.items) > fewest]
        if not spare:
            break
        # The longest section gives first, so that no section talks the others away.
        longest = max(spare, key=lambda part: sum(measure(item.text, brief.language) for item in part.items))
        least = min((item for item in longest.items if item.weight < 9), key=lambda item: item.weight)
        longest.items.remove(least)
        left_out.append(least.text)
    for boldly in (False, True):
        while length() > limit and (cut := _shorten_a_quotation(parts, brief, boldly=boldly)):
            left_out += [cut] if boldly else []
    return parts, left_out


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
