"""Which of the things that the notes say answers a point of a client's message, and the gap where none does."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.words import subject_words
from assistant.domain.brief import Brief
from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.language.detect import has_cjk
from assistant.writing.said import Fit, Said
from assistant.writing.values import topics_of

_RARE = 3  # a word that no more sentences of the notes hold says by itself what they are about
_LONGEST_GAP: dict[Language, int] = {"en": 70, "zh": 26}
_OF_TIME = re.compile("[月日前号天]|[一二三四五六七八九十两几]")
_CUT = re.compile(r"(?<=[,;.?!])\s|(?<=[\uff0c\uff1b\u3002\uff1f\uff01])")


@dataclass(frozen=True, slots=True)
class Answers:
    """The sentences that may answer, with how many of them hold each word."""

    said: tuple[Said, ...]
    held_by: dict[str, int]

    @classmethod
    def of(cls, said: Sequence[Said], brief: Brief) -> "Answers":
        """Take what may be told of our own work up to the as-of date; plans whose day has passed answer nothing."""
        fitting = [
            s
            for s in said
            if s.fit is not Fit.SPOKEN
            and not (s.line.passage.kind is NoteKind.PLAN and (s.due is None or s.due < brief.as_of))
            and has_cjk(s.raw) == (brief.language == "zh")
        ]
        counted = Counter(word for s in fitting for word in subject_words(s.raw))
        return cls(tuple(fitting), dict(counted))

    def to(self, point: str) -> Iterator[Said]:
        """Give what speaks of a point's matter, nearest first, newer before older."""
        wanted = _matter(point)
        topics = topics_of(point)
        near = [(self._nearness(subject_words(s.raw), wanted) + self._on_topic(s, topics), s) for s in self.said]
        near.sort(key=lambda pair: (-pair[0], -(pair[1].line.dated.toordinal() if pair[1].line.dated else 0)))
        yield from (s for nearness, s in near if nearness >= 1)

    def covered(self, point: str, told: Iterable[str]) -> bool:
        """Whether something that is told already speaks of a point's matter."""
        wanted = _matter(point)
        return any(self._nearness(subject_words(text), wanted) >= 1 for text in told)

    def _nearness(self, words: frozenset[str], wanted: frozenset[str]) -> float:
        """Two shared words make a matter, or one that hardly any sentence holds when the point has few."""
        shared = words & wanted
        rare = sum(self.held_by.get(word, 0) <= _RARE and len(word) > 1 for word in shared)
        if rare and len(shared) * 3 >= len(wanted):
            return 1 + len(shared) / 10
        return len(shared) / (2 if rare else 3)

    @staticmethod
    def _on_topic(said: Said, topics: frozenset[str]) -> float:
        """A dated word on the milestone that the client speaks of answers it, in whatever words."""
        dated = bool(said.due) and bool(said.roles & {"change", "holds", "decision", "next", "state"})
        return 1.0 if dated and topics & topics_of(said.raw) else 0.0


def _matter(point: str) -> frozenset[str]:
    return frozenset(word for word in subject_words(point) if not _OF_TIME.search(word) and not word.isdigit())


def open_points(points: Sequence[str], language: Language) -> str:
    """Say which points wait for an answer, in the client's words, for the person who has to give it."""
    quoted = [_opening(point, language) for point in points]
    if language == "zh":
        return "对以下各点的答复：" + "；".join(f"“{words}”" for words in quoted)
    return "your answer to " + "; ".join(f"“{words}”" for words in quoted)


def _opening(point: str, language: Language) -> str:
    """Give the first clauses of a point, as many as fit."""
    words, kept = " ".join(point.split()), ""
    limit = _LONGEST_GAP[language]
    for clause in _CUT.split(words):
        if kept and len(kept) + len(clause) > limit:
            break
        kept += clause if language == "zh" else f" {clause}"
    kept = kept.strip()
    return kept.rstrip(" ,;.，；。") if len(kept) <= limit * 1.4 else kept[:limit].rstrip() + "…"
