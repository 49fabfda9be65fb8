"""Speech as it is written down: who speaks in it, and its words without the sounds between them."""

import re
from collections import Counter
from dataclasses import dataclass

_STAMP = (
    r"(?:[\[(（]?(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2} )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?"
    r"[\])）]?)"
)
_NAME = r"(?P<name>[^\W_][^:：\n，。；;,!?！？\[\]【】<>|*=]{0,38}?)"
# Exports put a word before the name: "说话人 贺兰 00:12", "Speaker Tom 0:12"; before a number it is the name itself.
_CALLED = r"(?:(?:说话人|发言人|讲话人|[Ss]peaker)[ \t]+(?=[^\W\d_]))?"
_TAGGED = re.compile(
    rf"^[ \t>-]{{0,4}}(?:{_STAMP}[ \t]+)?(?:\*\*)?{_CALLED}{_NAME}(?:\*\*)?"
    rf"[ \t]{{0,3}}(?P<time>{_STAMP})?[ \t]?[:：](?!//)(?=\D|$)",
    re.MULTILINE,
)
_ALONE = re.compile(rf"^[ \t]{{0,4}}{_CALLED}{_NAME}[ \t]{{1,6}}{_STAMP}[ \t]*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[\w.]{1,30})? ([^<>\n]{1,60})>")
_BRACKETED = re.compile(rf"^[ \t]{{0,4}}\[([^\]\n:：]{{1,60}})\][ \t]{{0,4}}{_STAMP}[ \t]*$", re.MULTILINE)
_NO_SPEAKER = re.compile(
    r"(?i)(?:action|decision|risk|issue|question|owner|due|date|time|note|notes|task|status|when|where|who|what"
    r"|why|agenda|present|attendees"
    r"|summary|background|location|deadline|priority|update|topic|todo|to-?do|ai|ap|q|a|re|fw|subject|from|to|cc"
    r"|tel|phone|https?|correction|chair"
    r"|minutes|next steps?|follow[- ]?up|decisions|actions|risks|apologies|participants|cost|price"
    r"|total|yesterday|today|tomorrow|blocker|impediment|plan|next|done|doing|watch out|ps)s?(?: ?#?[0-9]+)?"
    r"|[昨今明][天日].{0,4}"
    r"|.*(?:时间|日期|地点|人员|主题|议题|待办|行动|决议|决定|结论|风险|问题|备注|事项|任务|截止|期限|负责人"
    r"|责任人|状态|主持人|记录人|记录|更正|补充|更新|目标|背景|说明"
    r"|进展|情况|内容|方案|原因|计划|标题)(?:[一二三四五六七八九十0-9]{0,2})"
)
_ROLES_SPEAKING = frozenset({"主持人", "记录人"})
_SOUND = re.compile(
    r"\{[a-z]{2,14}\}|\[(?:laughs?|laughter|noise|inaudible|crosstalk|music|silence|笑|笑声|听不清)\]"
    r"|(?<![\w'])(?:u+m+|u+h+|e+r+m*|m+-?hm+|h+m+|you know,|i mean,|sort of(?= [a-z])|kind of(?= [a-z]))(?![\w'])[ ]?,?"
    r"|(?:嗯|呃|额(?![度外头])|哎|唉)+[，,、]?|那个(?=那个)|就是说?那个[，,]?"
    r"| (?=['’](?:ll|m|re|ve|d|s|t)\b)| (?=n['’]t\b)| (?=[.,?!;](?:\s|$))",
    re.IGNORECASE,
)
_STUTTER = re.compile(
    r"\b([A-Za-z']{1,12})(?:[ ,]+\1\b)+(?=[ ])|([\u4e00-\u9fff]{1,2})\2(?=[\u4e00-\u9fff])(?<=我我|你你|就就"
    r"|那那|这这|们们)"
)
_BLANKS = re.compile(r"[ \t]{2,}")


def speakers_in(text: str) -> tuple[str, ...]:
    """Find the names that turns begin with: `Tom:`, `发言人1：`, `Tom  00:01:12`, `<v Tom>`.

    A name counts when it comes back, or stands beside a time code, and enough lines of the text are such turns.
    """
    count: Counter[str] = Counter()
    timed: set[str] = set()
    for found in _TAGGED.finditer(text):
        name = found["name"].strip()
        if _may_speak(name):
            count[name] += 1
            if found["time"]:
                timed.add(name)
    for found in _ALONE.finditer(text):
        if _may_speak(found["name"].strip()):
            count[found["name"].strip()] += 1
            timed.add(found["name"].strip())
    for found in _BRACKETED.finditer(text):
        count[found[1].strip()] += 1
        timed.add(found[1].strip())
    for found in _VOICE.finditer(text):
        count[found[1].strip()] += 1
        timed.add(found[1].strip())
    turns = sum(n for name, n in count.items() if n >= 2 or name in timed)
    lines = sum(1 for line in text.splitlines() if any(c.isalpha() for c in line))
    if turns < 4 or turns < 0.25 * lines:
        return ()
    # In a text that is mostly turns, somebody who speaks once is a speaker too.
    mostly = turns >= 0.6 * lines
    return tuple(name for name, n in count.items() if n >= 2 or name in timed or mostly)


def _may_speak(name: str) -> bool:
    if name in _ROLES_SPEAKING:
        return True
    return 0 < len(name) <= 38 and len(name.split()) <= 4 and _NO_SPEAKER.fullmatch(name) is None


@dataclass(frozen=True, slots=True)
class Words:
    """Words without the sounds between them; `at[i]` is where character i of `text` stood, `at[-1]` the old end."""

    text: str
    at: tuple[int, ...] | None = None

    def place(self, position: int) -> int:
        """Give the place in the written form of a place in these words."""
        return position if self.at is None else self.at[position]


def without_sounds(text: str) -> Words:
    """Leave out um, 嗯, {vocalsound}, repeated words and blanks before punctuation, remembering every place."""
    words = Words(text)
    for pattern in (_SOUND, _STUTTER, _BLANKS):
        words = _without(words, pattern)
    return words


def _without(words: Words, pattern: re.Pattern[str]) -> Words:
    kept: list[tuple[int, int]] = []
    position = 0
    for found in pattern.finditer(words.text):
        start = found.start()
        if pattern is _BLANKS:
            start += 1
        end = found.end()
        if pattern is _STUTTER:
            end -= len(found[1] or found[2])
        kept.append((position, start))
        position = end
    if not kept:
        return words
    kept.append((position, len(words.text)))
    places = [words.place(i) for a, b in kept for i in range(a, b)]
    places.append(words.place(len(words.text)))
    return Words("".join(words.text[a:b] for a, b in kept), tuple(places))
