"""A meeting by topic: its parts, and of each the lines that say most about it, quoted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import log

from assistant.actions.changes import words_of
from assistant.actions.clauses import sentences
from assistant.actions.outline import Line, Under
from assistant.actions.statements import is_statement_heading
from assistant.domain.actions import Quoted, Topic

_POINTS = 3
_MOST_TOPICS = 12
_BLOCK = 14  # lines of speech that one look at the words covers
_LEAST_LINES = 10
_LEAST_BEFORE = 5
_LEAST_TURNS = 3
_TITLE, _TITLE_ZH = 48, 20
_PLAIN = re.compile(
    r"(?i)(?:attendees|present|apologies|agenda|(?:date of (?:the )?)?next meeting|date|time"
    r"|location|minutes|参会人员?|参会|与会|参加人员|到会|列席|缺席|请假|出席|议程|时间"
    r"|地点|日期|下次会议|会议时间"
    r"|会议地点|主持人?|记录人?)"
)


_SHORT_TALK = 40
# "Okay, volunteers.", "Then the labels.", "And the toilets?", "The other thing …", 还有…, 那退费的事呢？, 另外…
_TURNS_TO = re.compile(
    r"(?i)\W{0,3}(?:(?:(?:ok(?:ay)?|right|so|good|great|perfect|lovely|um|well|and|alright)[,. ]{1,3}){0,3}"
    r"(?:then|next|now|moving on|the other"
    r" thing|another thing|other thing|one more thing|last(?:ly| thing| point)"
    r"|back to|what about|how about|as for|regarding)\b"
    r"|(?:ok(?:ay)?|right|good|great|perfect|then|now|so)[,.] (?:then )?(?:the |our )?[a-z-]+(?: [a-z-]+){0,2}[.?,] "
    r"|and the [a-z]+(?: [a-z]+)?\?"
    r"|(?:嗯|好的?|行|对|那)?[，,]?(?:还有(?!没|人|多)|另外|接下来|下一个|再一个|再就是|第[二三四五]|最后"
    r"(?:一)?(?:个|件|点)|然后(?:是|就是|那个|说)|关于|说到|回到"
    r"|那(?:[\u4e00-\u9fff]{2,8})(?:的事情?|这?块|方面|呢)|[\u4e00-\u9fff]{2,6}呢[，,]))"
)


def find_topics(text: str, lines: Sequence[Line], *, orders: Sequence[tuple[int, int]] = ()) -> tuple[Topic, ...]:
    """Cut a meeting into topics: by its headings where it has any, else where the words change.

    Each topic is quoted by up to three sentences that carry most of the words the topic has for itself. Lines under an
    action heading and lines that speak to an assistant are left out.
    """
    usable = [
        line
        for line in lines
        if line.under is Under.OTHER
        and not _PLAIN.fullmatch(line.heading)
        and not is_statement_heading(line.heading)
        and not _PLAIN.fullmatch(line.speaker or line.text.split(":")[0].split("：")[0])
        and not any(a < line.end and line.start < b for a, b in orders)
        and sum(c.isalnum() for c in line.text) >= 4
    ]
    usable = [line for line in usable if line.heading_at < 0 or "\n" in text[line.heading_at : line.start]]
    headed = [(head, list(part)) for head, part in groupby(usable, key=lambda one: (one.heading_at, one.heading))]
    if sum(1 for (_, heading), _ in headed if heading) >= 2:
        # What stands before the first heading is who met when, unless it says more.
        first = headed[0][0][1] == "" and len(headed[0][1]) < _LEAST_BEFORE
        parts = [(heading, part) for (_, heading), part in headed[1 if first else 0 :]]
    else:
        parts = [("", part) for part in _by_words(usable)]
        if len(parts) == 1 and len(usable) < _LEAST_LINES and not any(line.speaker for line in usable):
            return ()  # a few lines about one thing are their own summary
    count: Counter[str] = Counter(word for _, part in parts for word in set(_words(part)))
    made = [_topic(text, heading, part, count, len(parts)) for heading, part in parts[:_MOST_TOPICS] if part]
    return tuple(t for t in made if t is not None)


def _words(part: Sequence[Line]) -> Counter[str]:
    return Counter(word for line in part for word in words_of(line.text))


def _by_words(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut where the words before and after differ most (TextTiling's idea, with blocks of lines).

    Talk that is too short for that is cut where somebody turns to something else in so many words.
    """
    if len(lines) < _SHORT_TALK:
        return _by_turns(lines)
    bags = [words_of(line.text) for line in lines]
    likeness: list[tuple[float, int]] = []
    for at in range(_LEAST_LINES, len(lines) - _LEAST_LINES + 1):
        before = Counter(w for bag in bags[max(0, at - _BLOCK) : at] for w in bag)
        after = Counter(w for bag in bags[at : at + _BLOCK] for w in bag)
        shared = sum(min(n, after[w]) for w, n in before.items())
        likeness.append((2 * shared / max(1, before.total() + after.total()), at))
    cuts: list[int] = []
    wanted = min(_MOST_TOPICS - 1, max(0, len(lines) // 40))
    for _, at in sorted(likeness):
        if len(cuts) >= wanted:
            break
        if all(abs(at - other) >= _LEAST_LINES for other in cuts):
            cuts.append(at)
    edges = [0, *sorted(cuts), len(lines)]
    return [list(lines[a:b]) for a, b in pairwise(edges)]


def _by_turns(lines: Sequence[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    for line in lines:
        turns = _TURNS_TO.match(line.text) if line.speaker else None
        if not parts or (turns and len(parts[-1]) >= _LEAST_TURNS):
            parts.append([])
        parts[-1].append(line)
    if len(parts) > 1 and len(parts[-1]) < _LEAST_TURNS:
        parts[-2] += parts.pop()
    return parts


def _opening(line: Line) -> str:
    """The first words of a part without a heading, at most a short line of them."""
    words = re.sub(r"</?v[^>]{0,60}>", "", line.text).split("\n", 1)[0].strip()
    most = _TITLE_ZH if words[:1] > "\u2e7f" else _TITLE
    if len(words) <= most:
        return words.rstrip(" ,，")
    cut = words[:most] if most == _TITLE_ZH else words[:most].rpartition(" ")[0] or words[:most]
    return cut.rstrip(" ,，.。;；") + "…"


def _topic(text: str, heading: str, part: Sequence[Line], count: Counter[str], parts: int) -> Topic | None:
    words = _words(part)
    weight = {w: n * log(1 + (parts + 1) / count[w]) for w, n in words.items()}
    ranked = sorted(_sentences(text, part), key=lambda q: (-_weight(q.quote, weight), q.start))[:_POINTS]
    if not ranked:
        return None
    first, last = part[0], part[-1]
    return Topic(
        title=heading or _opening(part[0]),
        start=first.start,
        end=last.end,
        start_line=first.number,
        points=tuple(sorted(ranked, key=lambda q: q.start)),
        internal=all(line.internal for line in part),
    )


def _sentences(text: str, part: Sequence[Line]) -> Iterator[Quoted]:
    some_open = any(not line.internal for line in part)
    for line in part:
        if some_open and line.internal:
            continue  # a topic that the client may see is quoted from what the client may see
        for span in sentences(line.text):
            if 12 <= len(span.text) <= 400 or (len(span.text) >= 6 and span.text[:1] > "\u2e7f"):
                start = line.start + span.start
                yield Quoted(
                    text[start : line.start + span.end],
                    start,
                    line.start + span.end,
                    line.number + text.count("\n", line.start, start),
                )


def _weight(words: str, weight: dict[str, float]) -> float:
    bag = words_of(words)
    return sum(weight.get(w, 0.0) for w in bag) / float((4 + len(bag)) ** 0.7)
