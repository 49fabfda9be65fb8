"""What the trained model reads of each word of a sentence laid against its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.checks.alignment import ALIKE, SPREAD, Alignment
from assistant.checks.lexicon import chinese, english
from assistant.checks.lexicon.english import Relation
from assistant.checks.lexicon.tokens import CLASSES, NEGATION, class_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LISTED: tuple[Relation, ...] = tuple(kind for kind in Relation if kind is not Relation.NONE)
_ABSENT = -0.2  # in place of a support, where no such word is in the sources
_UNLIKE = -0.3  # in place of a likeness, where there is nothing to be like
_FLOOR, _NEAR_TOP = 0.05, 0.85  # the places that count as "here": at least so much support, absolute and of the best
_MOST_HERE = 200
_MOST_NEIGHBOURS = 20
_BACK = 4  # words before one among which a negation of it is looked for
FEATURES = (
    *(f"at_{kind.name.lower()}" for kind in _LISTED),
    *("top", "same_gap", "like_anywhere", "like_here", "class_here"),
    *("slot_like", "slot_agrees", "slot_differs", "slot_opposite", "slot_number", "slot_capital"),
    *("free_like", "free_opposite", "free_sister", "free_share"),
    *("pair_before", "pair_after", "pair_both", "negated", "source_negated", "negation_differs"),
    *("new_before", "new_after", "characters_found", "times_in_source", "hard", "turned"),
    *("is_class", "is_number", "is_capital", "is_han", "is_little", "commonness"),
    *("noun", "verb", "adjective", "adverb"),
    *(f"class_{number}" for number in range(len(CLASSES))),
)


def word_features(alignment: Alignment, hard: Iterable[tuple[int, int, bool]] = ()) -> NDArray[np.float32]:
    """Give one row of numbers a word, in the order of FEATURES.

    `hard` are characters in which the rules already found something, with whether it was a contradiction.
    """
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    spans = list(hard)
    made = np.zeros((len(alignment.tokens), len(FEATURES)), np.float32)
    kinds = [class_of(t.word) for t in alignment.tokens]
    for i in range(len(alignment.tokens)):
        made[i] = (
            *_where(alignment, i, kinds[i]),
            *_slots(alignment, i),
            *_free(alignment, i),
            *_around(alignment, i, kinds, spans),
            *_itself(alignment, i, kinds[i]),
        )
    return made


def _where(alignment: Alignment, i: int, small: int) -> tuple[float, ...]:
    """Where the sources hold the word, its synonyms, its opposites …, and what is there where it belongs."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    index, support, likes = alignment.index, alignment.support[i], alignment.likes[i]
    at: dict[Relation, float] = dict.fromkeys(_LISTED, _ABSENT)
    for number, kind in alignment.related[i].items():
        at[kind] = max(at[kind], float(support[index.places[number]].max()))
    top = float(support.max())
    here = np.flatnonzero(support >= max(_FLOOR, _NEAR_TOP * top))[:_MOST_HERE]
    words = np.unique(index.sequence[here])
    words = words[words >= 0]
    return (
        *at.values(),
        top,
        top - max(at[kind] for kind in ALIKE),
        float(likes.max()) if index.words else 0.0,
        float(likes[words].max()) if len(words) else 0.0,
        float(small >= 0 and any(index.words[n] in CLASSES[small] for n in words)),
    )


def _slots(alignment: Alignment, i: int) -> tuple[float, ...]:
    """Look at what stands in the source beside the word's neighbours: the same, or another thing in its place."""
    index, related, support = alignment.index, alignment.related[i], alignment.support[i]
    agrees = differs = opposite = number = capital = 0.0
    like = _UNLIKE
    for slot in _beside(alignment, i):
        word = int(index.sequence[slot])
        if word < 0 or (word in index.little and not alignment.tokens[i].little):
            continue
        near = float(support[slot])
        kind = related.get(word, Relation.NONE)
        if kind in ALIKE:
            agrees = max(agrees, near)
        elif near > differs:
            differs, like = near, float(alignment.likes[i, word])
            number, capital = float(word in index.numbers), float(word in index.capitals)
        if kind is Relation.OPPOSITE:
            opposite = max(opposite, near)
    return like, agrees, differs, opposite, number, capital


def _beside(alignment: Alignment, i: int) -> Iterable[int]:
    """Go through the places of the sources that stand to a neighbour's match as the word stands to that neighbour."""
    found, index = alignment.tokens, alignment.index
    for step in (1, -1, 2, -2):
        j = i + step
        if not 0 <= j < len(found) or (abs(step) > 1 and not found[i + step // 2].little):
            continue
        neighbour = alignment.own[j]
        weak = found[j].little and not found[i].little and abs(step) == 1 and len(found) > 3
        if neighbour is None or weak:
            continue
        for place in index.places[neighbour][:_MOST_NEIGHBOURS]:
            for slot in sorted({int(place) - step, int(place) - (1 if step > 0 else -1)}):
                if 0 <= slot < len(index.sequence):
                    yield slot


def _free(alignment: Alignment, i: int) -> tuple[float, ...]:
    """Look at the source words near its place that no word of the sentence takes up: it may have replaced one."""
    support, related = alignment.support[i], alignment.related[i]
    middle = int(support.argmax())
    words = alignment.index.sequence[max(0, middle - SPREAD) : middle + SPREAD + 1]
    free = words[alignment.free[words]]
    if support[middle] <= 0 or not len(free):
        return _UNLIKE, 0.0, 0.0, 0.0
    kinds = {related.get(int(n)) for n in free}
    return (
        float(alignment.likes[i, free].max()),
        float(Relation.OPPOSITE in kinds),
        float(Relation.SISTER in kinds),
        len(free) / len(words),
    )


def _around(alignment: Alignment, i: int, kinds: list[int], spans: list[tuple[int, int, bool]]) -> tuple[float, ...]:
    """What stands beside the word in the sentence, and whether that stands so in the sources."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    index, token, own = alignment.index, alignment.tokens[i], alignment.own
    last = i + 1 == len(alignment.tokens)
    before = i > 0 and (own[i - 1], own[i]) in index.pairs
    after = not last and (own[i], own[i + 1]) in index.pairs
    negated = any(kind == NEGATION for kind in kinds[max(0, i - _BACK) : i])
    source_negated = bool(index.negated[alignment.best_place(i)])
    hit = [turned for start, end, turned in spans if start < token.end and token.start < end]
    held = sum(c in index.characters for c in token.word) / len(token.word) if token.han else 0.0
    times = sum(len(index.places[n]) for n, kind in alignment.related[i].items() if kind in ALIKE)
    return (
        float(before),
        float(after),
        float(before and after),
        float(negated),
        float(source_negated),
        float(negated != source_negated),
        float(i > 0 and not alignment.alike[i - 1]),
        float(not last and not alignment.alike[i + 1]),
        held,
        float(np.log1p(times)),
        float(bool(hit)),
        float(any(hit)),
    )


def _itself(alignment: Alignment, i: int, small: int) -> tuple[float, ...]:
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    token = alignment.tokens[i]
    if token.han:
        common, parts = chinese.commonness(token.word), chinese.part_of_speech(token.word)
    else:
        common, parts = float(np.log1p(english.commonness(token.word))), english.parts_of_speech(token.word)
    return (
        float(small >= 0),
        float(token.number),
        float(token.capital and i > 0),
        float(token.han),
        float(token.little),
        common,
        *parts,
        *(float(small == number) for number in range(len(CLASSES))),
    )
