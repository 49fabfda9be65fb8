"""The gaps of a playbook's steps: in a sentence that reads on, and asked for once."""

from collections.abc import Sequence

from assistant.domain.guidance import PlaybookStep
from assistant.domain.project import Language
from assistant.writing.fitting import Item, Part
from assistant.writing.markers import gap_marker

_JOINT: dict[Language, str] = {"en": "; ", "zh": "；"}


def gap_item(step: PlaybookStep, language: Language, also: Sequence[str] = ()) -> Item:
    """Give a step's gap in the sentence that its playbook lays down; `also` is what other steps miss."""
    mark = gap_marker(_JOINT[language].join((*also, step.gap.get(language))))
    return Item((step.gap_sentence.get(language) or "{gap}").replace("{gap}", mark))


def asked_once(parts: Sequence[Part], language: Language) -> list[Part]:
    """Let the gap of one step ask for those that its playbook names as asked there, when all have nothing to say."""
    by_id = {part.step.id: part for part in parts}
    merged: dict[str, list[str]] = {}
    for part in parts:
        home = by_id.get(part.step.gap_in)
        if home is not None and only_a_gap(part, language) and only_a_gap(home, language):
            merged.setdefault(home.step.id, []).append(part.step.gap.get(language))
    kept = []
    for part in parts:
        if part.step.id in merged:
            part.items = [gap_item(part.step, language, merged[part.step.id])]
        if part.step.gap.get(language) not in merged.get(part.step.gap_in, ()):
            kept.append(part)
    return kept


def only_a_gap(part: Part, language: Language) -> bool:
    """Whether a step says nothing but what is missing."""
    return [item.text for item in part.items] == [gap_item(part.step, language).text]
