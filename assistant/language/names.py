"""Names of people and things, in both scripts; what is doubtful is left out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language import name_words as words

_LATIN_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’-][^\W\d_\u3400-\u9fff]+)*")
_SENTENCE_START = re.compile(r"(?:\A|[.!?。！？；:：]|\n)[\s\"'“‘(\[>*#|•–\d.)-]*\Z")

_SURNAME = "(?:" + "|".join(words.COMPOUND_SURNAMES) + "|[" + "".join(sorted(words.SURNAMES)) + "])"
_NO_GIVEN = "的了是在和与或及也都就不没我你他她们这那各把被要请让给对到从由县市省委员"
_GIVEN = rf"(?:(?![{_NO_GIVEN}])[\u4e00-\u9fff]){{1,2}}"
_SHORTEST_GIVEN = rf"{_GIVEN}?"
_TITLE = "(?:" + "|".join(sorted(words.TITLES, key=len, reverse=True)) + ")"
_TITLE_END = (
    r"(?<!总)(?<!工)|(?<=总)(?![部体结计共是数额价之的来有监裁括量线览工])"
    r"|(?<=工)(?![程作时期具业厂人艺单资序况种匠地会位])"
)
_TITLED = re.compile(rf"(?P<name>{_SURNAME}(?P<given>{_GIVEN})??)(?P<title>{_TITLE})(?:{_TITLE_END})")
_FAMILIAR = re.compile(rf"(?<![大最更较很稍缩减变从])(?P<name>[小老](?P<s>{_SURNAME}))(?![序时于学心组师区额型程])")
_SPEAKER = re.compile(
    rf"(?:^|(?<=[\n。！？；]))[ \t>*•\-\d.)\]]{{0,12}}(?:\[?[0-9:：]{{4,8}}\]? ?)?(?P<name>{_SURNAME}{_SHORTEST_GIVEN})"
    rf"(?: ?[：:]| [0-9]{{1,2}}[:：][0-9]{{2}}[:：]|(?=(?:{words.SPEECH_ZH})))"
)
_ATTENDEES = re.compile(
    r"(?:参会|参加|出席|与会|列席|缺席|请假|主持|记录|抄送|收件)(?:人员|人|者)?[：:](?P<list>[^\n。]{1,200})"
)
_LISTED = re.compile(rf"(?:(?<=[、，,；;：: /])|(?<=^))(?P<name>{_SURNAME}{_GIVEN})(?=[、，,；;（( /。\n]|$)")
_NAMED_ROLE = re.compile(
    rf"(?:负责人|责任人|对接人|联系人|项目经理|经办人|跟进人|主持人|记录人|主持|记录"
    rf"|@)[ ：:为是]{{1,2}}(?P<name>{_SURNAME}{_GIVEN})(?![\u4e00-\u9fff])"
    rf"|@(?P<at>{_SURNAME}{_GIVEN})(?![\u4e00-\u9fff])|(?:由|请)(?P<by>{_SURNAME}{_SHORTEST_GIVEN})(?=负责|跟进"
    rf"|牵头|确认|提供|完成|安排|处理|提交|对接)"
)
_ORGANISATION = re.compile(
    "(?P<lead>[\u4e00-\u9fff]{2,16}?)(?:有限责任公司|股份有限公司|有限公司|律师事务所|会计师事务所|研究院|设计院|出版社)"
)
_BEFORE_ORGANISATION = re.compile("[的由与和及是为给向在将被请从对于方就跟同]|联系|委托|通知|选定|更换")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name and its place in the text."""

    start: int
    end: int


def find_known_names(text: str, known: Sequence[str]) -> Iterator[NameSpan]:
    """The places of the names in ``known``, exactly as given and as whole words; the longer one wins."""
    pattern = _known_pattern(tuple(known)) if known else None
    if pattern is not None:
        for found in pattern.finditer(text):
            yield NameSpan(found.start(), found.end())


def find_names(text: str) -> Iterator[NameSpan]:
    """The names that the rules are sure of; they may overlap, and then the earlier one is the surer."""
    yield from _chinese(text)
    yield from _latin(text)


@lru_cache(maxsize=64)
def _known_pattern(known: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = []
    for name in sorted({name.strip() for name in known if len(name.strip()) > 1}, key=lambda one: (-len(one), one)):
        escaped = re.escape(name)
        before = r"(?<![A-Za-z0-9])" if name[0].isascii() and name[0].isalnum() else ""
        after = r"(?![A-Za-z0-9])" if name[-1].isascii() and name[-1].isalnum() else ""
        parts.append(f"{before}{escaped}{after}")
    return re.compile("|".join(parts)) if parts else None


def _chinese(text: str) -> Iterator[NameSpan]:
    for found in _TITLED.finditer(text):
        if _is_person(text, found):
            end = found.end("name") if found["given"] else found.end()
            yield NameSpan(found.start(), end)
    for people in _ATTENDEES.finditer(text):
        for found in _LISTED.finditer(text, people.start("list"), people.end("list")):
            if not _begins_a_word(found["name"]):
                yield NameSpan(found.start("name"), found.end("name"))
    for pattern in (_NAMED_ROLE, _SPEAKER):
        for found in pattern.finditer(text):
            group = next(name for name in ("name", "at", "by") if found.groupdict().get(name))
            if not _begins_a_word(found[group]):
                yield NameSpan(found.start(group), found.end(group))
    yield from _organisations(text)
    for found in _FAMILIAR.finditer(text):
        if found["s"] not in words.WORDLIKE_SURNAMES:
            yield NameSpan(found.start(), found.end())


def _organisations(text: str) -> Iterator[NameSpan]:
    for found in _ORGANISATION.finditer(text):
        cut = max((m.end() for m in _BEFORE_ORGANISATION.finditer(found["lead"])), default=0)
        if len(found["lead"]) - cut >= 2:
            yield NameSpan(found.start() + cut, found.end())


def _is_person(text: str, found: re.Match[str]) -> bool:
    name = found["name"]
    if _begins_a_word(found[0]) or _begins_a_word(text[found.start() : found.start() + 3]):
        return False
    before = text[found.start() - 1 : found.start()] if found.start() else ""
    if name[0] == "方" and before in "甲乙丙丁对双多各我己官第三资供买卖贵":
        return False
    # 提高工(作), 施工: a surname inside a longer word is told by the character before it only when it is no particle.
    alone = found["given"] is None
    return not (
        alone
        and name in words.WORDLIKE_SURNAMES
        and "\u4e00" <= before <= "\u9fff"
        and before not in "和与向请给跟让找由被是"
    )


def _begins_a_word(name: str) -> bool:
    return any(name[:length] in words.NOT_PEOPLE_ZH for length in (2, 3, 4))


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and (len(self.text) == 1 or (self.text[1].islower() or "'" in self.text[1:2]))

    @property
    def folded(self) -> str:
        return self.text.casefold()


def _latin(text: str) -> Iterator[NameSpan]:
    for line in re.finditer(r"[^\n]+", text):
        found = [_word(one) for one in _LATIN_WORD.finditer(text, line.start(), line.end())]
        if found and not _is_title_case(text, line.start(), found):
            yield from _in_line(text, found)


def _word(found: re.Match[str]) -> _Word:
    body = found[0]
    end = found.end()
    if body.casefold().endswith(("'s", "’s")):
        body, end = body[:-2], end - 2
    return _Word(found.start(), end, body)


def _is_title_case(text: str, start: int, found: list[_Word]) -> bool:
    """Whether the line is a heading in which nearly every word is capitalised."""
    if text.startswith("#", start):
        return True
    if any(text[one.end : one.end + 1] in {".", "!", "?", ",", ";", ":", "("} for one in found):
        return False  # a sentence, or a list of people
    long = [one for one in found if len(one.text) > 3]
    return len(long) >= 4 and sum(one.text[0].isupper() for one in long) * 4 >= len(long) * 3


def _in_line(text: str, found: list[_Word]) -> Iterator[NameSpan]:
    place = 0
    while place < len(found):
        if not found[place].is_capitalised:
            place += 1
            continue
        last = _run_end(text, found, place)
        yield from _name_in_run(text, found, place, last)
        place = last + 1


def _run_end(text: str, found: list[_Word], first: int) -> int:
    """The index of the last word of the run of capitalised words, with particles inside ("Jan van Dijk")."""
    last = first
    while last + 1 < len(found) and _joined(text, found[last], found[last + 1]):
        step = last + 1
        while step < len(found) and found[step].text in words.PARTICLES and step - last <= 2:
            step += 1
        if step < len(found) and found[step].is_capitalised and _joined(text, found[step - 1], found[step]):
            last = step
        else:
            break
    return last


def _joined(text: str, one: _Word, following: _Word) -> bool:
    between = text[one.end : following.start]
    return between == " " or (between == ". " and len(one.text) == 1)


def _name_in_run(text: str, found: list[_Word], first: int, last: int) -> Iterator[NameSpan]:
    starts_sentence = _SENTENCE_START.search(text, max(0, found[first].start - 12), found[first].start) is not None
    honoured = found[first].folded in words.HONORIFICS or (first > 0 and found[first - 1].folded in words.HONORIFICS)
    if first < last and found[first + 1].folded in words.PARTICLES:
        yield NameSpan(found[first].start, found[last].end)  # "Jan van Dijk" is no January
        return
    while first <= last and (found[first].folded in words.NEUTRAL_WORDS or found[first].folded in words.HONORIFICS):
        starts_sentence = starts_sentence and found[first].folded not in words.HONORIFICS
        first += 1
        starts_sentence = False if first <= last else starts_sentence
    while last >= first and (found[last].folded in words.NEUTRAL_WORDS or len(found[last].text) == 1):
        last -= 1
    if first > last or (first == last and len(found[first].text) < 3 and not honoured):
        return
    if first == last and starts_sentence and not honoured and not _acts(text, found, last):
        return
    yield NameSpan(found[first].start, found[last].end)


def _acts(text: str, found: list[_Word], place: int) -> bool:
    """Whether a lone capitalised word that opens a sentence is one that speaks or does ("Anna confirmed")."""
    if place + 1 >= len(found) or text[found[place].end : found[place + 1].start] != " ":
        return False
    following = found[place + 1].folded
    return following in words.SPEECH_EN and following not in {
        "is",
        "was",
        "has",
        "to",
        "and",
        "can",
        "would",
        "should",
        "will",
    }
