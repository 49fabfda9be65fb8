"""What a revision changed, sentence by sentence, and what sort of change each is."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.checks.claims import Role, sentence_role
from assistant.domain.draft import Draft, Sentence
from assistant.domain.facts import FactKind
from assistant.domain.rewriting import EditClass, RevisionEdits, SentenceEdit
from assistant.language.detect import detect_language, has_cjk
from assistant.language.facts import extract_facts
from assistant.language.statements import classify_statement
from assistant.writing.comparing import changed_values
from assistant.writing.markers import gaps_in

_ALIKE = 0.45
_LONGER_OR_SHORTER = 0.25
_FEW_WORDS, _FEW_CHARACTERS = 3, 6
# Who is spoken of: a statement whose "your" becomes "our" says another thing.
_PARTIES = {
    "ours": re.compile(r"\b(?:we|us|our|ours|i|me|my|mine)\b|我", re.IGNORECASE),
    "yours": re.compile(r"\b(?:you|your|yours)\b|您|你|贵[方司公单校院局]", re.IGNORECASE),
}
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


def edits_of(revisions: Sequence[Draft]) -> tuple[RevisionEdits, ...]:
    """Give, for every revision after the first, oldest first, what it changed against the one before it."""
    return tuple(_between(old, new) for old, new in pairwise(revisions))


def _between(old: Draft, new: Draft) -> RevisionEdits:
    kept = {s.id: s for s in old.sentences()}
    return RevisionEdits(
        revision=new.revision,
        at=new.created_at,
        edits=tuple(_sentence_edits(old, new)),
        rewriting=new.rewriting,
        subject=(old.subject, new.subject) if old.subject != new.subject else None,
        recipients_changed=old.recipients != new.recipients,
        sources_changed=tuple(
            s.id for s in new.sentences() if s.id in kept and kept[s.id].text == s.text and _other_sources(old, new, s)
        ),
    )


def _other_sources(old: Draft, new: Draft, sentence: Sentence) -> bool:
    """Whether a kept sentence cites other passages; numbers alone may have moved."""
    before = next(s for s in old.sentences() if s.id == sentence.id)
    return _passages(old, before) != _passages(new, sentence)


def _passages(draft: Draft, sentence: Sentence) -> set[str]:
    return {e.passage.id for n in sentence.evidence if (e := draft.evidence_numbered(n)) is not None}


def _sentence_edits(old: Draft, new: Draft) -> list[SentenceEdit]:
    before, after = _placed(old), _placed(new)
    pairs, gone, come = _matched([s for _, s in before], [s for _, s in after])
    steps = {s.id: step for step, s in (*before, *after)}
    edits = [
        SentenceEdit(steps[b.id], a, b, classify(a.text, b.text, as_of=new.as_of)) for a, b in pairs if a.text != b.text
    ]
    moved = _moved([(a, b) for a, b in pairs if a.text == b.text], before, after)
    edits += [SentenceEdit(steps[b.id], a, b, frozenset({EditClass.STRUCTURE})) for a, b in moved]
    edits += [SentenceEdit(steps[a.id], a, None, _alone(a.text, new.as_of)) for a in gone]
    edits += [SentenceEdit(steps[b.id], None, b, _alone(b.text, new.as_of)) for b in come]
    order = {s.id: i for i, (_, s) in enumerate(after)}
    return sorted(edits, key=lambda e: order.get(e.after.id, len(order)) if e.after else len(order))


def _placed(draft: Draft) -> list[tuple[str, Sentence]]:
    return [(section.step, s) for section in draft.sections for s in section.sentences]


def _matched(
    old: Sequence[Sentence], new: Sequence[Sentence]
) -> tuple[list[tuple[Sentence, Sentence]], list[Sentence], list[Sentence]]:
    """Pair the sentences: the same text first, then the most alike; the rest came or went."""
    rest, pairs = list(old), []
    open_new = []
    for sentence in new:
        same = next((s for s in rest if s.text == sentence.text), None)
        if same is None:
            open_new.append(sentence)
        else:
            rest.remove(same)
            pairs.append((same, sentence))
    come = []
    for sentence in open_new:
        scored = [(_likeness(s.text, sentence.text), -i, s) for i, s in enumerate(rest)]
        best = max(scored, key=lambda entry: entry[:2], default=None)
        if best is None or best[0] < _ALIKE:
            come.append(sentence)
        else:
            rest.remove(best[2])
            pairs.append((best[2], sentence))
    return pairs, rest, come


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _WORDS.findall(one), _WORDS.findall(other), autojunk=False).ratio()


def _moved(
    pairs: Sequence[tuple[Sentence, Sentence]],
    before: Sequence[tuple[str, Sentence]],
    after: Sequence[tuple[str, Sentence]],
) -> list[tuple[Sentence, Sentence]]:
    """Find the kept sentences that now stand under another step or in another order."""
    old_place = {s.id: (i, step) for i, (step, s) in enumerate(before)}
    new_place = {s.id: (i, step) for i, (step, s) in enumerate(after)}
    ordered = sorted(pairs, key=lambda p: new_place[p[1].id][0])
    places = [old_place[a.id][0] for a, _ in ordered]
    standing = set(_longest_rising(places))
    return [(a, b) for i, (a, b) in enumerate(ordered) if i not in standing or old_place[a.id][1] != new_place[b.id][1]]


def _longest_rising(places: Sequence[int]) -> list[int]:
    """Give the indices of a longest run that rises: those sentences kept their order, the others were moved."""
    best: list[list[int]] = []
    for i, place in enumerate(places):
        before = max((run for run in best if places[run[-1]] < place), key=len, default=[])
        best.append([*before, i])
    return max(best, key=len, default=[])


# --- what sort of change ------------------------------------------------------------------------------------


def classify(before: str, after: str, *, as_of: date) -> frozenset[EditClass]:
    """Say what sorts of change lead from one wording to the other; a change of wording alone is one of tone."""
    classes = set()
    if detect_language(before) != detect_language(after):
        classes.add(EditClass.LANGUAGE)
    filled = gaps_in([before]) != gaps_in([after])
    others = EditClass.LANGUAGE not in classes and (
        _swapped(_names, before, after) or _swapped(_parties, before, after)
    )
    if filled or others or changed_values(before, after, as_of) or _state(before) != _state(after):
        classes.add(EditClass.FACT)
    if _promises(before) != _promises(after):
        classes.add(EditClass.PROMISE)
    if not filled and EditClass.LANGUAGE not in classes and _much_longer(before, after):
        classes.add(EditClass.LENGTH)
    return frozenset(classes or {EditClass.TONE})


def _alone(text: str, as_of: date) -> frozenset[EditClass]:
    """Say what a sentence that came or went brought or took; one without values and promises changes the length."""
    classes = set()
    if changed_values("", text, as_of) or gaps_in([text]):
        classes.add(EditClass.FACT)
    if _promises(text):
        classes.add(EditClass.PROMISE)
    return frozenset(classes or {EditClass.LENGTH})


def _state(text: str) -> tuple[bool, bool, bool]:
    """Say what makes a statement another one without a value changing: done, denied, less than certain."""
    said = classify_statement(text)
    # "Could you" is a way of asking, not a doubt.
    asks = sentence_role(text) in (Role.REQUEST, Role.QUESTION)
    return said.done is True, said.negated, said.hedged and not asks


def _swapped(found: Callable[[str], frozenset[str]], before: str, after: str) -> bool:
    """Whether something stands in another's place: what only came or only went is a matter of wording."""
    one, other = found(before), found(after)
    return bool(one - other) and bool(other - one)


def _names(text: str) -> frozenset[str]:
    return frozenset(f.text.casefold() for f in extract_facts(text) if f.kind is FactKind.NAME)


def _parties(text: str) -> frozenset[str]:
    # Whether "send us" or "could you send": a request speaks of both.
    if sentence_role(text) in (Role.REQUEST, Role.QUESTION, Role.PROMISE):
        return frozenset()
    return frozenset(name for name, words in _PARTIES.items() if words.search(text))


def _promises(text: str) -> bool:
    return sentence_role(text) is Role.PROMISE


def _much_longer(before: str, after: str) -> bool:
    one, other = len(_WORDS.findall(before)), len(_WORDS.findall(after))
    few = _FEW_CHARACTERS if has_cjk(before + after) else _FEW_WORDS
    return abs(one - other) > max(few, _LONGER_OR_SHORTER * max(one, other))
