"""A meeting by topic: its parts, and of each the lines that say most about it, quoted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from math import log

from assistant.actions.changes import words_of
from assistant.actions.clauses import sentences
from assistant.actions.outline import Line, Under
from assistant.actions.statements import is_statement_heading
from assistant.domain.actions import Quoted, Topic

_POINTS = 3
_MOST_TOPICS = 12
# Found on public meetings of both languages (bench/topics.py), each other one kept for the check.
_BLOCK = 500  # words that one look to either side covers
_PER_TOPIC = 1_300  # words of talk for which one topic is expected
_APART = 0.25  # of these, words that two cuts lie apart at least
_SHORT_TALK = 2_000  # words; shorter talk is cut where somebody says so
_CHARACTERS_A_WORD = 1.6
_LATIN, _HAN = re.compile(r"[A-Za-z']+"), re.compile("[\u4e00-\u9fff]")
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


# "First thing, the proposal", "second thing, the kickoff", 第二个是…, 再说…
_COUNTED = re.compile(
    r"(?i)\W{0,3}(?:(?:ok(?:ay)?|right|so|and|now|good)[,. ]{1,3}){0,2}(?:the )?"
    r"(?:first|second|third|fourth|last|next|final|other)(?: (?:thing|item|point|topic|one|up|question)|ly)\b"
    r"|[嗯好行那]{0,2}的?[，,]?(?:第[一二三四五六](?:个|件|点|块)|(?:我)?(?:再|接着|下面|先)(?:说|讲|看|聊"
    r"|过)(?:一下)?(?!你|了|吧|了吗)[\u4e00-\u9fff]{2})"
)
_YES = re.compile(
    r"(?i)(?:\W*(?:ok(?:ay)?|yes|yep|yeah|sure|will do|got it|no problem|great|perfect|lovely|thanks?(?: you)?|on it"
    r"|fine|good"
    r"|agreed|right)\b){1,3}\W*|(?:[，,。！\s]*(?:好(?:的|嘞|吧|了)?|行|可以|收到|没问题|明白|嗯+|对|OK|ok"
    r"|那好)){1,3}[，,。！\s]*"
)
_OPENS = re.compile(
    r"(?i)\W*(?:(?:so|okay|ok|right|well|um|yeah)[,. ]+)*(?:(?:good )?(?:morning|afternoon|evening)|hi|hello|hey"
    r"|welcome|thanks"
    r" (?:everyone|all|for)|thank you (?:all|everyone)|can (?:you|everyone|everybody) hear|is (?:the )?(?:recording"
    r"|everyone"
    r"|everybody|this)|recording|shall we|let['’]?s (?:start|begin|go|get))\b"
    r"|[嗯好行]{0,2}的?[，,]?(?:大家|各位|早|人(?:都)?(?:到)?齐|听得|能听|开始|咱们开始|那?我们开始|录音|今天)"
)
_SUBJECT = re.compile(
    r"(?i)\bfirst(?: thing| up| item)?\b|\b(?:do|start with|begin with) the\b|先(?:来)?(?:说|讲|聊|看|过"
    r"|把)(?:一下)?[^，。]{2,}"
)
_MOST_OPENING = 4
_NUMBERED = re.compile(
    r"[ \t\u3000]{0,8}(?:\*\*)?(?:[0-9]{1,2}[.)、．]|[一二三四五六七八九十]{1,3}[、.．]"
    r"|（[一二三四五六七八九十]{1,3}）)[ \t]{0,3}"
    r"(?P<title>[^\n：:。，,.]{2,24}?)(?:\*\*)?[ ]?[：:。.](?=[^\n])"
)
_PARAGRAPH, _LEAST_NUMBERED = 24, 2
_HEADS, _TELLS, _LOOK_BACK = 3, 8, 6


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
    if sum(1 for line in usable if line.speaker) >= _LEAST_TURNS:
        usable = _without_opening(usable)
    headed = [(head, list(part)) for head, part in groupby(usable, key=lambda one: (one.heading_at, one.heading))]
    if sum(1 for (_, heading), _ in headed if heading) >= 2:
        # What stands before the first heading is who met when, unless it says more.
        first = len(headed[0][1]) < _LEAST_BEFORE and (headed[0][0][1] == "" or _is_title(text, headed[0][0][0]))
        parts = [(heading, part) for (_, heading), part in headed[1 if first else 0 :]]
    elif numbered := _by_numbers(text, usable):
        parts = numbered
    else:
        parts = [("", part) for part in _by_words(usable)]
        if len(parts) == 1 and len(usable) < _LEAST_LINES and not any(line.speaker for line in usable):
            return ()  # a few lines about one thing are their own summary
    count: Counter[str] = Counter(word for _, part in parts for word in set(_words(part)))
    made = [_topic(text, heading, part, count, len(parts)) for heading, part in parts[:_MOST_TOPICS] if part]
    return tuple(t for t in made if t is not None)


def _without_opening(lines: Sequence[Line]) -> list[Line]:
    """Leave out what stands before the talk, and the turns that only greet and begin."""
    first = next(n for n, line in enumerate(lines) if line.speaker)
    at = first
    while at < min(first + _MOST_OPENING, len(lines) - _LEAST_TURNS) and (
        _YES.fullmatch(lines[at].text) or (_OPENS.match(lines[at].text) and not _SUBJECT.search(lines[at].text))
    ):
        at += 1
    return list(lines[at:])


def _is_title(text: str, at: int) -> bool:
    """Whether a heading is the title of the whole: the first thing in the text, of a level that does not come again."""
    mark = re.match(r"#+(?= )", text[max(at, 0) :])
    return mark is not None and not text[: max(at, 0)].strip("-\n ") and f"\n{mark[0]} " not in text


def _words(part: Sequence[Line]) -> Counter[str]:
    return Counter(word for line in part for word in words_of(line.text))


def _by_numbers(text: str, lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Cut notes whose paragraphs are numbered and tell at their head what they are about: "1、场地：…", 二、经费。…"""
    found = [(n, _NUMBERED.match(text, text.rfind("\n", 0, line.start) + 1)) for n, line in enumerate(lines)]
    starts = [
        (n, match["title"].strip())
        for n, match in found
        if match and not lines[n].speaker and len(lines[n].text) >= _PARAGRAPH
    ]
    if len(starts) < _LEAST_NUMBERED:
        return []
    edges = [*(n for n, _ in starts), len(lines)]
    return [(title, list(lines[a:b])) for (_, title), (a, b) in zip(starts, pairwise(edges), strict=True)]


def _by_words(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut where the words before and after differ most: the deepest valleys of likeness (Hearst, TextTiling, 1997).

    Talk that is too short for that is cut where somebody turns to something else in so many words.
    """
    begins = list(accumulate((_length(line.text) for line in lines), initial=0.0))
    if begins[-1] < _SHORT_TALK:
        return _by_turns(lines)
    depths = _depths(_likeness([words_of(line.text) for line in lines], begins))
    cuts: list[int] = []
    wanted = min(_MOST_TOPICS, round(begins[-1] / _PER_TOPIC)) - 1
    for _, at in sorted(depths, key=lambda one: (-one[0], one[1])):
        if len(cuts) >= wanted:
            break
        if all(abs(begins[at] - begins[other]) >= _APART * _PER_TOPIC for other in cuts):
            cuts.append(at)
    edges = [0, *sorted(cuts), len(lines)]
    return [list(lines[a:b]) for a, b in pairwise(edges)]


def _length(words: str) -> float:
    """About how many words: Latin ones, and 1.6 Chinese characters for one."""
    return len(_LATIN.findall(words)) + len(_HAN.findall(words)) / _CHARACTERS_A_WORD


def _likeness(bags: Sequence[frozenset[str]], begins: Sequence[float]) -> list[tuple[float, int]]:
    """Give how much the words around each line's beginning have in common, rare ones counting more.

    Both blocks are carried along, so that the time grows with the text alone.
    """
    used = Counter(word for bag in bags for word in bag)
    weight = {word: log(1 + len(bags) / n) for word, n in used.items()}
    weights = list(accumulate((sum(weight[word] for word in bag) for bag in bags), initial=0.0))
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    first = last = 0
    found: list[tuple[float, int]] = []
    for at in range(len(bags)):
        if at:
            before.update(bags[at - 1])
            _take_out(after, bags[at - 1])
        while first < at and begins[at] - begins[first + 1] >= _BLOCK:
            _take_out(before, bags[first])
            first += 1
        while last < len(bags) and begins[last] - begins[at] < _BLOCK:
            after.update(bags[last])
            last += 1
        if min(begins[at] - begins[first], begins[last] - begins[at]) < _APART * _BLOCK:
            continue
        shared = sum(min(n, after[w]) * weight[w] for w, n in before.items())
        found.append((2 * shared / max(weights[last] - weights[first], 1e-9), at))
    return found


def _take_out(block: Counter[str], words: frozenset[str]) -> None:
    for word in words:
        if block[word] > 1:
            block[word] -= 1
        else:
            del block[word]


def _depths(likeness: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
    """Give for each place how far it lies below the nearest heights on both sides."""
    rises = [0.0] * len(likeness)
    for order in (range(len(likeness)), range(len(likeness) - 1, -1, -1)):
        height = 0.0
        earlier = None
        for n in order:
            here = likeness[n][0]
            height = max(here, height) if earlier is not None and here <= earlier else here
            rises[n] += height - here
            earlier = here
    return [(rise, at) for rise, (_, at) in zip(rises, likeness, strict=True)]


def _by_turns(lines: Sequence[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    for n, line in enumerate(lines):
        turns = bool(line.speaker) and (_turns_to(line.text) or _settled_before(lines, n))
        if not parts or (turns and len(parts[-1]) >= _LEAST_TURNS):
            parts.append([])
        parts[-1].append(line)
    if len(parts) > 1 and len(parts[-1]) < _LEAST_TURNS:
        last = parts.pop()
        parts[-1] += last
    return parts


def _turns_to(words: str) -> bool:
    """Whether a turn says that it goes on to something else, at its head or behind a short answer."""
    heads = [span.text for span in sentences(words)[:_HEADS]]
    return _TURNS_TO.match(words) is not None or any(_COUNTED.match(head) for head in heads)


def _settled_before(lines: Sequence[Line], at: int) -> bool:
    """Whether the turn before only said yes, and this one asks or tells of something not yet spoken of."""
    if at == 0 or _YES.fullmatch(lines[at - 1].text) is None or len(lines[at].text) < _TELLS:
        return False
    said = {word for line in lines[max(0, at - _LOOK_BACK) : at] for word in words_of(line.text)}
    return not said & words_of(lines[at].text)


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
