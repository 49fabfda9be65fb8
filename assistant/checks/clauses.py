"""The clauses of a client's sentence: where one wish or complaint ends and the next begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.checks.grievances import is_effect, is_mood, is_threat, names_fault
from assistant.language.asks import Ask, find_ask, rule_ask
from assistant.language.detect import has_cjk


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that may be answered by itself: `ask` is None for a fault."""

    start: int
    end: int
    ask: Ask | None


_SHORTEST = 8
_SHORTEST_ZH = 5
_LONGEST_LABEL = 14
_VERBS = (
    "send|resend|provide|give|tell|let|make|ensure|arrange|confirm|add|remove|forward|explain|have|bring|keep|put|replace|correct|restore"
    "|include|delete|prepare|install|stop|set|share|upload|attach|adjust|cancel|contact|extend|fill|inform|invite|involve|leave|move|notify"
    "|reply|reset|schedule|shorten|update|fix|check|call|change|return|ask|book|print|get back|get|come back|come"
)
_ASK_START = (
    r"(?:also |please |then |finally |secondly |lastly |maybe |perhaps ){0,2}(?:(?P<sure>please"
    r"|pls|kindly|(?:could|can|would|will) (?:you|someone|somebody|we|i)\b|(?:may"
    r"|might) (?:i|we)\b"
    r"|(?:i|we)(?:['’]d| would)(?: also| very much| really)? (?:like|ask|appreciate"
    r"|want|be grateful|love|prefer|need)\b|(?:i|we)(?: also| still| really)? (?:need"
    r"|want|expect|require|ask|insist|request|demand)\b"
    r"|let (?:me|us) (?:know|have)\b|make sure\b|would it be\b|is it possible\b|do you\b"
    r"|are you\b|have you\b|is there\b|are there\b|it would be\b|it would (?:also )?help\b"
    r"|shall we\b|should we\b)"
    r"|(?P<wonder>(?:when|why|what|who|whose|how|where|which|whether|if|the reason|the cause)\b)"
    rf"|(?P<order>(?:{_VERBS})\b))"
)
_CUT_EN = re.compile(
    rf"(?:(?P<mark>,|;|:|\.|\s[–—-])?\s(?P<word>and|then|but|so|plus|or|yet|while)\s"
    rf"|(?P<bare>,|;|:|\s[–—-])\s)(?={_ASK_START})",
    re.IGNORECASE,
)
_FAULT_CUT_EN = re.compile(
    r",?\s(?:but|yet|however|while)\s|[,;]\s(?:and|but|yet|while)\s|;\s|:\s|\s[–—-]\s", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:and |but |so )?(?:if|when|whenever|once|as soon as|since|as|before|after"
    r"|while|because|although|though|given|until|unless|in case|should)\b",
    re.IGNORECASE,
)
_LEANING = re.compile(r"(?:that|this|it|which|so|and that|these|those)\b|(?:这|那|此|结果|为此)", re.IGNORECASE)
_DROPPED_LEAD = re.compile(
    r"(?:before|since|as|because|while|given(?: that)?|although|though|further to"
    r"|following|with regard to|regarding) [^,;?]{4,160}?(?:,\s|\s)(?=(?:i|we)(?:['’]d"
    r"| would| want| need|'ll need)\b|(?:could|can|would|please)\b)",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"(?:with (?:all )?(?:due )?respect,? |(?:and |but |so |however,? |unfortunately,? "
    r"|sadly,? |sorry,? but |just |also,? )?(?:i|we) (?:must|have to|need to|do have to"
    r"|would have to|am sorry to|regret to|would like to) (?:however |also |unfortunately )?(?:say"
    r"|point out|add|note|mention|complain|report|inform you|tell you|come back)(?: that)? "
    r"|(?:i|we) find it (?:\w+ ){1,2}that |(?:i|we) (?:have |['’]ve )?(?:just )?(?:noticed"
    r"|found|see|discovered|realised|realized) (?:today |yesterday |just now )?that )",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s(?:since|because|so that|given that|in order that|otherwise|or (?:else"
    r"|we|i)\b|as (?:we|i|our|my|the|it|this|there)\b|so (?:i|we|our|my|they|he|she)\b"
    r"|otherwise)\s?.*\Z",
    re.IGNORECASE | re.DOTALL,
)

_COMMA = re.compile(r"[，,；;]\s?|\s?——\s?|(?<=[:：])\s?|(?<=[?？!！])")
_NEW_FAULT = re.compile(r"(?:而且|并且|另外|同时|还有|事先|此外|更|再加上|其次|第[一二三四]|事后|最后)")
_ALSO = re.compile(r"[^，,]{2,7}(?:也|又|还|却|连)|二是|三是|四是")
_CARRIED = re.compile(
    r"(?:并(?!不|没|非|且没)|同时|再(?!次|说|怎)|然后|以及|随后|之后|更新后|确认后"
    r"|完成后|修改后|改好后|另(?:外)?(?!一))(?:请|也|把|将|对|给|向|在|于|附|说|提"
    r"|安|发|更|通|告|补|完|做|取|派|明|书|出|重|写|注|列|抄|同|确|修|停|组|召|反"
    r"|标|保|改|加|配|协|尽)"
)
_NOT_A_TOPIC = re.compile(
    r"(?:发现|反馈|得知|看到|来看|而言|来说|说|一下|首先|其次|公道话|好|谢谢|感谢.*"
    r"|辛苦.*|您|你|抱歉|不好意思.*|哈|呵呵|但是?|可是|不过)\Z|(?:首先|先说|说实话"
    r"|不是我说|坦白|老实|如果|因为|由于|鉴于|考虑到|为了|为便于|感谢|谢谢|真是)"
)


def clauses(sentence: str, *, alone: bool = False) -> list[Clause]:
    """Give the parts of one sentence that ask for something or name a fault, in order; places are of `sentence`.

    `alone` says that the sentence is a whole text.
    """
    if has_cjk(sentence) and len(re.findall("[\u3400-\u9fff]", sentence)) * 2 >= len(re.findall("[A-Za-z]+", sentence)):
        return list(_chinese(sentence))
    return list(_english(sentence, alone=alone))


def _english(sentence: str, *, alone: bool) -> Iterator[Clause]:
    for start, end in _ask_cuts(sentence, 0, len(sentence)):
        part = sentence[start:end]
        ask = find_ask(part, alone=alone)
        if ask and not alone and rule_ask(part) is None and names_fault(part):
            ask = None  # only the model sees an ask: the fault is the surer sign
        if ask:
            yield _trimmed_ask(sentence, start, end, ask)
        elif not is_threat(part):
            yield from _faults(sentence, start, end)


def _ask_cuts(sentence: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for cut in _CUT_EN.finditer(sentence, start, end):
        left, right = sentence[begin : cut.start()], sentence[cut.end() : end]
        if len(left) < _SHORTEST or len(right) < _SHORTEST or not _splits(cut, left, right):
            continue
        yield begin, cut.start()
        begin = cut.end()
    yield begin, end


def _splits(cut: re.Match[str], left: str, right: str) -> bool:
    """Tell whether a new wish begins after a cut."""
    joined = cut["word"] is not None and cut["word"].casefold() != "or"
    if _SUBORDINATE.match(left.strip()) and not ("," in left and joined):
        return False
    if cut["order"]:
        return joined and find_ask(left) == "request" and rule_ask(right) is not None and len(right.split()) > 1
    if cut["wonder"]:
        if cut["bare"] == ":" and right.rstrip().endswith("?"):
            return len(left) < 40 and rule_ask(left) is None
        return joined and rule_ask(left) is not None and (right.rstrip().endswith("?") or len(right.split()) > 3)
    return rule_ask(right) is not None or right.rstrip().endswith("?")


def _trimmed_ask(sentence: str, start: int, end: int, ask: Ask) -> Clause:
    lead = _DROPPED_LEAD.match(sentence, start, end)
    if lead and rule_ask(sentence[lead.end() : end]):
        start = lead.end()
    tail = _TAIL.search(sentence, start + 15, end)
    if tail and rule_ask(sentence[start : tail.start()]):
        end = tail.start()
    return Clause(start, end, ask)


def _faults(sentence: str, start: int, end: int) -> Iterator[Clause]:
    """Give the faults of a statement; judgements before them and effects behind them are left out."""
    cuts = [(start, start), *(m.span() for m in _FAULT_CUT_EN.finditer(sentence, start, end)), (end, end)]
    parts = [(a, b) for (_, a), (b, _) in pairwise(cuts)]
    found: list[Clause] = []
    for first, last in parts:
        part = sentence[first:last]
        if is_threat(part) or is_mood(part) or (is_effect(part) and len(parts) > 1) or not names_fault(part):
            continue
        if found and _LEANING.match(part) and first - found[-1].end < 8:
            found[-1] = Clause(found[-1].start, last, None)
        else:
            found.append(Clause(first, last, None))
    if (
        not found
        and not is_mood(sentence[start:end])
        and not is_effect(sentence[start:end])
        and names_fault(sentence[start:end])
    ):
        found = [Clause(start, end, None)]
    for one in found:
        lead = _PREAMBLE.match(sentence, one.start, one.end)
        yield Clause(lead.end() if lead and one.end - lead.end() > _SHORTEST else one.start, one.end, None)


def _chinese(sentence: str) -> Iterator[Clause]:
    """Give the clauses of a Chinese sentence, which strings them together with commas."""
    last: Clause | None = None
    topic: tuple[int, int] | None = None
    tailed = False
    for start, end in _comma_parts(sentence):
        part = sentence[start:end].strip()
        ask = rule_ask(part)
        fault = ask is None and not is_threat(part) and not is_mood(part) and not is_effect(part) and names_fault(part)
        if part.endswith((":", "：")) and end < len(sentence) and len(part) <= _LONGEST_LABEL:
            ask, fault = None, False
        if ask is None and not fault and last is not None and last.ask == "request" and _CARRIED.match(part):
            ask = "request"
        if (
            last is not None
            and last.end <= start
            and sentence[last.end : start].strip(" ，,；;—") == ""
            and _goes_on(last, part, ask, fault=fault)
        ):
            last = Clause(last.start, end, last.ask if ask is None else ask)
            continue
        if last is not None and (ask or fault):
            # 催一下，… only leads to what is asked.
            if not (last.ask and ask and last.end - last.start <= _SHORTEST_ZH):
                yield last
            last = None
        if ask or fault:
            tailed = False
            begin = (
                topic[0]
                if topic
                and (
                    (fault and topic[1] - topic[0] <= 1.2 * (end - start))
                    or _is_topic_of_question(sentence[topic[0] : topic[1]], ask)
                )
                else start
            )
            last = Clause(begin, end, ask)
            topic = None
        else:
            if (
                last is not None
                and last.ask is None
                and not tailed
                and not is_threat(part)
                and 0 < end - start <= last.end - last.start
                and not is_effect(part)
                and not is_mood(part)
            ):
                last, tailed = Clause(last.start, end, None), True
            topic = (
                (start, end)
                if last is None and len(part) >= 4 and not _NOT_A_TOPIC.search(part) and not is_mood(part)
                else None
            )
    if last is not None:
        yield last


def _is_topic_of_question(topic: str, ask: Ask | None) -> bool:
    return ask == "question" and topic.rstrip().endswith(("的", "是", "：", ":"))


def _goes_on(last: Clause, part: str, ask: Ask | None, *, fault: bool) -> bool:
    """Tell whether a clause belongs to the one before it."""
    if fault:
        return last.ask is None and not _NEW_FAULT.match(part) and not (len(part) >= _SHORTEST and _ALSO.match(part))
    return ask == "question" and last.ask == "question" and len(part) <= 6


def _comma_parts(sentence: str) -> Iterator[tuple[int, int]]:
    begin, depth = 0, 0
    places = {m.start(): m.end() for m in _COMMA.finditer(sentence)}
    place = 0
    while place < len(sentence):
        depth += sentence[place] in "（(「“《【"
        depth -= sentence[place] in "）)」”》】" and depth > 0
        if place in places and depth == 0 and place > begin:
            yield begin, place
            begin = max(places[place], place)
            place = max(places[place], place + 1)
            continue
        place += 1
    if begin < len(sentence):
        yield begin, len(sentence)
