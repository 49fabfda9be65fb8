"""A person's edit of a draft's text, aligned to the old sentences; and the draft as text for an editor."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from assistant.domain.draft import Draft, Origin, Section, Sentence, render
from assistant.domain.project import Language
from assistant.language.sentences import split_sentences
from assistant.writing.markers import gaps_in

_BREAK = "\n\n"
_ITEM = "- "


def apply_edit(draft: Draft, *, subject: str, body: str, at: datetime) -> Draft:
    """Return the next revision with the edited text.

    Unchanged sentences keep id, labels and origin, wherever they now stand; the others become `human` with fresh ids
    and no labels. Paragraphs keep the playbook step of the old one they align to; a new one joins the step before it.
    The new draft's body is exactly `body`. Raises StateError unless the draft is open.
    """
    blocks = parse(body, draft.language, draft.sections)
    steps = _steps_of(blocks, draft.sections)
    kept = _Kept(draft)
    sections = []
    for block, old in zip(blocks, steps, strict=True):
        sentences = tuple(kept.sentence(old, sentence.text) for sentence in block.sentences)
        sections.append(replace(block, step=old.step if old else "", sentences=sentences))
    return draft.revised(at=at, subject=" ".join(subject.split()), sections=tuple(sections), gaps=gaps_in([body]))


def parse(text: str, language: Language, known: tuple[Section, ...] = ()) -> tuple[Section, ...]:
    """Cut a text into sections and sentences, such that rendering them gives the very same text.

    A blank line parts sections. `known` are the sections of the text before the edit: their headings are recognised.
    Steps, ids and labels are empty.
    """
    headings = frozenset(section.heading for section in known if section.heading)
    old = frozenset(sentence.text for section in known for sentence in section.sentences if sentence.text.strip())
    # A block that stands unchanged is cut as it was, whatever else the text now holds.
    standing = {render((section,), language)[0]: section for section in known if section.sentences}
    return tuple(
        _bare(standing[block]) if block in standing else _section(block, language, headings, old)
        for block in _blocks(text)
    )


def _bare(section: Section) -> Section:
    return replace(section, step="", sentences=tuple(Sentence("", s.text) for s in section.sentences))


def _blocks(text: str) -> list[str]:
    """Cut at blank lines; where more than one stands together, the others stay with the block before them."""
    blocks: list[str] = []
    lead = ""
    for part in text.split(_BREAK):
        if part:
            blocks.append(lead + part)
            lead = ""
        elif blocks:
            blocks[-1] += _BREAK
        else:
            lead += _BREAK
    if lead and not blocks:
        return [text] if text else []
    return blocks


def _section(block: str, language: Language, headings: frozenset[str], old: frozenset[str]) -> Section:
    """Read one block in the first layout that renders back to exactly this block."""
    first, newline, rest = block.partition("\n")
    lists_follow = rest.startswith(_ITEM) and not first.startswith(_ITEM) and bool(first)
    candidates = []
    if newline and (first in headings or lists_follow):
        candidates += [_as_list(rest, first), _as_paragraph(rest, language, old, first), _as_lines(rest, first)]
    candidates += [_as_list(block, ""), _as_paragraph(block, language, old, ""), _as_lines(block, "")]
    whole = Section("", (Sentence("", block),))
    for candidate in [c for c in candidates if c is not None]:
        if render((candidate,), language)[0] == block:
            return candidate
    return whole


def _as_list(text: str, heading: str) -> Section | None:
    lines = text.split("\n")
    if not all(line.startswith(_ITEM) for line in lines):
        return None
    return Section("", tuple(Sentence("", line[len(_ITEM) :]) for line in lines), heading, "list")


def _as_lines(text: str, heading: str) -> Section:
    return Section("", tuple(Sentence("", line) for line in text.split("\n")), heading, "lines")


def _as_paragraph(text: str, language: Language, known: frozenset[str], heading: str) -> Section | None:
    """Cut a paragraph into sentences: the old ones where they still stand, the sentence splitter's elsewhere.

    An old sentence may hold several of the splitter's; it never begins or ends inside one of them.
    """
    if "\n" in text or not text:
        return None
    joint = "" if language == "zh" else " "
    spans = split_sentences(text)
    stops = sorted({s.end for s in spans if text.startswith(joint, s.end)} | {len(text)})
    sentences: list[str] = []
    at = 0
    while at < len(text):
        later = [stop for stop in stops if stop > at]
        stop = max((end for end in later if text[at:end] in known), default=later[0])
        sentences.append(text[at:stop])
        at = stop if stop == len(text) else stop + len(joint)
    return Section("", tuple(Sentence("", sentence) for sentence in sentences), heading)


def _steps_of(blocks: tuple[Section, ...], old: tuple[Section, ...]) -> list[Section | None]:
    """Give each new block the old section it continues.

    Blocks that still hold a sentence of a section belong to it. Those between are matched by position when as many
    stand there as before; otherwise they are new and join the block before them.
    """
    standing = [section for section in old if section.sentences]
    places = _anchors(blocks, standing)
    for first, last in pairwise([-1, *sorted(places), len(blocks)]):
        before = places.get(first, -1)
        after = places.get(last, len(standing))
        if last - first == after - before:
            places |= {first + i: before + i for i in range(1, last - first)}
    result: list[Section | None] = []
    for i in range(len(blocks)):
        follows = result[-1] if result else (standing[0] if standing else None)
        result.append(standing[places[i]] if i in places else follows)
    return result


def _anchors(blocks: tuple[Section, ...], standing: list[Section]) -> dict[int, int]:
    """Match blocks to the sections they share a sentence with, in order."""
    places: dict[int, int] = {}
    at = 0
    for i, block in enumerate(blocks):
        texts = {sentence.text for sentence in block.sentences}
        shared = [len(texts & {s.text for s in section.sentences}) for section in standing[at:]]
        if any(shared):
            at += shared.index(max(shared))
            places[i] = at
            at += 1
    return places


class _Kept:
    """Hands out the old sentence for an unchanged text, each once, its own section's first."""

    def __init__(self, draft: Draft) -> None:
        self._revision = draft.revision + 1
        self._new = 0
        self._taken: set[str] = set()
        self._ids = {sentence.id for sentence in draft.sentences()}
        self._by_text: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in draft.sentences():
            self._by_text[sentence.text].append(sentence)

    def sentence(self, section: Section | None, text: str) -> Sentence:
        """Give the untouched old sentence of that text, or a new one by a person."""
        free = [s for s in self._by_text.get(text, []) if s.id not in self._taken]
        own = [s for s in free if section is not None and s in section.sentences]
        for sentence in own or free:
            self._taken.add(sentence.id)
            return sentence
        while True:
            self._new += 1
            fresh = f"h{self._revision}-{self._new}"
            if fresh not in self._ids:
                return Sentence(fresh, text, (), Origin.HUMAN)
