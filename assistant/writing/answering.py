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
from assistant.writing.markers import gap_marker
from assistant.writing.said import Fit, Said
from assistant.writing.values import topics_of

_RARE = 3  # a word that no more sentences of the notes hold says by itself what they are about
_LONGEST_GAP: dict[Language, int] = {"en": 60, "zh": 22}
_MANY = 2
_LEAST_MATTER = 2
_WANTS = re.compile(
    r"\?|\b(?:please|could you|can you|want to know)\b|\uff1f|请(?:你|您|在|给|把|尽|帮)|能不能|怎么办", re.IGNORECASE
)
# How a Chinese question asks; cut into pairs of characters, these words would drown what it asks about.
_ASKED = re.compile(
    "到底|究竟|哪一?天|什么时候|什么时间|何时|几时|几号|多久|多长时间|能不能|可不可以|能否|可否|是否|是不是|有没有|下来没有"
    "|没有(?=[\uff1f?])|了没|怎么样|怎么|为什么|为何|什么|哪里|哪个|谁|多少|[吗呢](?=[\uff1f?])"
)
_LEANS = re.compile("[这那它]")  # it asks about what was said before
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
    """Give the words that a point is about: those of the clause that asks, where it has any, without how it asks."""
    clauses = [one for one in _CUT.split(point) if _ASKED.search(one) and not _LEANS.match(one)]
    asked = frozenset().union(*(_own_words(_ASKED.sub("\uff0c", one)) for one in clauses))
    return asked or _own_words(point)


def _own_words(text: str) -> frozenset[str]:
    return frozenset(word for word in subject_words(text) if not _OF_TIME.search(word) and not word.isdigit())


_NO_MATTER = re.compile(
    r"^(?:(?:two|three|four|five|several|some|a few|the following) (?:things|points|questions|issues)\b"
    r"|(?:and )?(?:please )?(?:i (?:want|need|expect) )?(?:an |your |some )?(?:answers?|repl(?:y|ies)|response)\b"
    r"|(?:i|we) (?:look forward to|await|expect) (?:your|an?|hearing)\b)"
    r"|^(?:现在|目前)?(?:情况|进展|进度|效果)?(?:很|非常|太|十分)不(?:太)?(?:理想|满意)"
    r"|^(?:请|希望|麻烦)?(?:您|你|你们|贵方)?[^\uff0c。]{0,8}(?:给我|给我们)?(?:一个|个)?(?:答复|回复|回话|说法)[。！!]?$"
    r"|^[一二两三四五几]件事",
    re.IGNORECASE,
)


def wants_an_answer(point: str) -> bool:
    """Whether a point has a matter of its own: it is no mood, no announcement of points, no call for an answer."""
    return _NO_MATTER.search(point.strip()) is None


def open_points(points: Sequence[str], language: Language, missing: Sequence[str] = ()) -> str:
    """Name the points that wait for an answer, in the client's words, before a gap for the person who has to give it.

    `missing` is what else that gap asks for.
    """
    chinese = language == "zh"
    quoted = [_opening(point, language, share=len(points)) for point in points]
    if chinese:
        return f"关于{'、'.join(f'“{words}”' for words in quoted)}：{gap_marker('；'.join(('答复', *missing)))}。"
    first, last = quoted[:-1], quoted[-1]
    named = f"{', '.join(f'“{words}”' for words in first)} and “{last}”" if first else f"“{last}”"
    return f"On {named}: {gap_marker('; '.join(('the answer', *missing)))}."


def _opening(point: str, language: Language, *, share: int) -> str:
    """Give the first clauses of a point, as many as fit; the more points there are, the less of each."""
    words, kept = " ".join(point.split()), ""
    limit = _LONGEST_GAP[language] // (1 if share < _MANY else 2)
    # Where a point ends in what the client wants to know or have, that is how it is named.
    clauses = _CUT.split(words)
    wanting = next((i for i, clause in enumerate(clauses) if _WANTS.search(clause)), 0)
    while wanting and len(_matter(clauses[wanting])) < _LEAST_MATTER:
        wanting -= 1
    words = ("" if language == "zh" else " ").join(clauses[wanting:])
    for clause in _CUT.split(words):
        if kept and len(kept) + len(clause) > limit:
            break
        kept += clause if language == "zh" else f" {clause}"
    kept = kept.strip()
    if len(kept) <= limit * 1.4:
        return kept.rstrip(" ,;.，；。")
    return (kept[:limit] if language == "zh" else kept[:limit].rpartition(" ")[0]).rstrip(" ,;.，；。") + "…"
