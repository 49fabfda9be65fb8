"""The trained part of the support check: how doubtful each word of a sentence is, and the sentence as a whole.

Two small sets of trees a language, trained by bench/train_support.py: one over the words, one over what the words of a
text come to. They are evaluated here with numpy alone. The file holds numbers only, no text.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checks.alignment import Alignment
from assistant.checks.lexicon.files import unpacked
from assistant.checks.lexicon.tokens import Token
from assistant.checks.source_words import source_words
from assistant.checks.word_features import FEATURES, word_features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "support_model.npz.gz"
# Characters a rule objected to, and the code under which it did.
Objection = tuple[int, int, str]
_SORTS = (
    *("number", "percent", "amount", "duration", "date", "time", "name", "identifier"),
    *("unit", "negation", "state"),
)
_TURNED = ("_differs", "negation", "state")
_LEAST, _WORST = 1e-4, 6
_WINDOW = 4  # neighbouring words whose doubts are added up
_NO_WORD = -6.0
_AT = {name: place for place, name in enumerate(FEATURES)}
_HALF = 0.5
_FEW = 4
SETTLED = 0.02  # the doubt left about a word of a proved fact


class Trees:
    """A set of decision trees whose answers are added up. Leaves point to themselves."""

    def __init__(self, arrays: dict[str, NDArray[np.float64]], name: str) -> None:
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        self.feature, left, right, self.roots = (
            arrays[f"{name}_{part}"].astype(np.intp) for part in ("feature", "left", "right", "roots")
        )
        self.children = np.stack([right, left], 1).ravel()
        self.threshold, self.value = arrays[f"{name}_threshold"], arrays[f"{name}_value"]
        self.depth = int(arrays[f"{name}_depth"][0])

    def __call__(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give the sum over all trees for each row."""
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        count, width = rows.shape
        flat = np.ascontiguousarray(rows, np.float64).ravel()
        base = np.repeat(np.arange(count) * width, len(self.roots))
        at = np.tile(self.roots, count)
        for _ in range(self.depth):
            below = flat.take(base + self.feature.take(at)) <= self.threshold.take(at)
            at = self.children.take(2 * at + below)
        total: NDArray[np.float64] = self.value.take(at).reshape(count, -1).sum(1)
        return total


class Model:
    """One language's model. `word_limit` and `quiet` are set on texts that it was not trained on."""

    def __init__(self, arrays: dict[str, NDArray[np.float64]], language: str) -> None:
        self.words = Trees(arrays, f"{language}_words")
        self.texts = Trees(arrays, f"{language}_texts")
        self.mean, self.scale, self.weights = (arrays[f"{language}_{part}"] for part in ("mean", "scale", "weights"))
        self.bias, self.balance, self.quiet, self.word_limit = (float(x) for x in arrays[f"{language}_limits"])

    def raw(self, row: NDArray[np.float64]) -> float:
        """Give the chance that a text is not supported, as trained: the mean of the trees' and the straight line's."""
        line = float(((row - self.mean) / self.scale) @ self.weights) + self.bias
        return (_chance(float(self.texts(row[None, :])[0])) + _chance(line)) / 2


def _chance(logit: float) -> float:

    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1)
def _models() -> dict[str, Model]:
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    with np.load(io.BytesIO(unpacked(MODEL)), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    return {language: Model(arrays, language) for language in ("en", "zh")}


def model(language: str) -> Model:
    """Give a language's model; any but Chinese is read as English."""
    return _models()["zh" if language == "zh" else "en"]


@dataclass(frozen=True, eq=False, slots=True)
class Examined:
    """One sentence held against its sources: its words, the numbers read of each, and how doubtful each is (0 to 1).

    `alone` is how doubtful the sentence is by itself, leaving out what the rules found.
    """

    alignment: Alignment
    features: NDArray[np.float32]
    risks: NDArray[np.float64]
    language: str
    alone: float

    @property
    def tokens(self) -> Sequence[Token]:
        """Its words."""
        return self.alignment.tokens


def share_found(examined: Sequence[Examined]) -> float:
    """Give the share of the full words that the sources hold in some form; 1 for texts of fewer than four."""
    pairs = [p for e in examined for p in zip(e.tokens, e.alignment.alike, strict=True) if not p[0].little]
    return sum(alike for _, alike in pairs) / len(pairs) if len(pairs) >= _FEW else 1.0


def language_of(tokens: Sequence[Token]) -> str:
    """Tell by its words whether a sentence is Chinese."""
    return "zh" if sum(t.han for t in tokens) > _HALF * len(tokens) else "en"


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules know of a sentence: what they object to, and the characters of facts that its sources carry."""

    objections: tuple[Objection, ...] = ()
    proved: tuple[tuple[int, int], ...] = ()

    def settles(self, token: Token) -> bool:
        """Tell whether a word is part of a proved fact."""
        return any(start < token.end and token.start < end for start, end in self.proved)


def read_words(text: str, sources: tuple[str, ...], known: Known) -> tuple[Alignment, NDArray[np.float32]]:
    """Give a sentence laid against its sources, and the numbers that the model reads of each of its words."""
    alignment = Alignment(text, source_words(sources))
    hard = [(start, end, code.endswith(_TURNED)) for start, end, code in known.objections]
    return alignment, word_features(alignment, hard)


def settled(alignment: Alignment, known: Known) -> NDArray[np.bool_]:
    """Tell which words need no doubt, those of a proved fact written in another way (3.86 万 for 38,600)."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    pairs = zip(alignment.tokens, alignment.alike, strict=True)
    return np.array([not alike and known.settles(token) for token, alike in pairs], bool)


@lru_cache(maxsize=4096)
def examine(text: str, sources: tuple[str, ...], known: Known) -> Examined:
    """Hold one sentence against the texts of its sources. Never raises; an empty sentence has no words."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    alignment, features = read_words(text, sources, known)
    language = language_of(alignment.tokens)
    odds = model(language).words(features.astype(np.float64)) if len(features) else np.zeros(0)
    risks = np.where(settled(alignment, known), SETTLED, 1 / (1 + np.exp(-odds)))
    chosen = model(language)
    alone = rescaled(chosen.raw(text_row(features, risks, ())), chosen.balance) if len(risks) else 0.0
    return Examined(alignment, features, risks, language, alone)


def text_row(features: NDArray[np.float32], risks: NDArray[np.float64], codes: Sequence[str]) -> NDArray[np.float64]:
    """Sum up the words of a text, and the codes of what the rules found in it, for the second set of trees."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    odds = np.log(risks + _LEAST) - np.log(1 - risks + _LEAST)
    worst = np.concatenate([np.sort(odds)[::-1], np.full(_WORST, _NO_WORD)])[:_WORST]
    doubts = -np.log(1 - risks + _LEAST)

    def most(chosen: NDArray[np.bool_]) -> float:
        return float(odds[chosen].max()) if chosen.any() else _NO_WORD

    little = features[:, _AT["is_little"]] > 0
    window = np.convolve(doubts, np.ones(_WINDOW), "same").max() if len(doubts) >= _WINDOW else doubts.sum()
    counts = [sum(code.startswith(sort) for code in codes) for sort in _SORTS]
    return np.array(
        [
            *worst,
            doubts.sum(),
            doubts.mean() if len(doubts) else 0.0,
            window,
            most(features[:, _AT["is_number"]] > 0),
            most(features[:, _AT["is_capital"]] > 0),
            most(~little),
            most(little),
            *(most(features[:, _AT[part]] > _HALF) for part in ("noun", "verb", "adjective")),
            *counts,
            sum(code.endswith("_differs") for code in codes),
        ],
        np.float64,
    )


def doubt(examined: Sequence[Examined], codes: Sequence[str] = ()) -> float:
    """Tell how doubtful some sentences are together, 0 to 1; at a half both kinds of error weigh the same."""
    import numpy as np  # noqa: PLC0415 - start-up is lazy

    read = [e for e in examined if len(e.risks)]
    if not read:
        return 0.0
    chosen = model("zh" if sum(e.language == "zh" for e in read) > _HALF * len(read) else "en")
    row = text_row(np.concatenate([e.features for e in read]), np.concatenate([e.risks for e in read]), codes)
    return rescaled(chosen.raw(row), chosen.balance)


def quiet(language: str) -> float:
    """Give the doubt below which nine of ten good texts stay."""
    chosen = model(language)
    return rescaled(chosen.quiet, chosen.balance)


def rescaled(raw: float, balance: float) -> float:
    """Stretch a chance so that the balancing limit becomes one half; order is kept."""
    return _HALF * raw / balance if raw < balance else 1 - _HALF * (1 - raw) / (1 - balance)
