"""The clauses of a client's sentence: where one wish or complaint ends and the next begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.checks.grievances import announces, is_effect, is_mood, is_threat, names_fault
from assistant.checks.lexicon import chinese
from assistant.checks.lexicon.english import parts_of_speech
from assistant.checks.sentence_kinds import sentence_kind
from assistant.language.asks import Ask, find_ask, rule_ask
from assistant.language.detect import has_cjk


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that may be answered by itself: `ask` is None for a fault."""

    start: int
    end: int
    ask: Ask | None


# Shares of the trained model: from which a statement tells a fault, without and with a word of trouble; from which a
# clause without any sign of an ask asks for something; below which what the rules, or the model of asks alone, take for
# an ask is none; and from which a threat is no ask.
FAULT = 0.65
NAMED_FAULT = 0.3
ASK = 0.6
NO_ASK = 0.02
HARDLY = 0.2
THREATENS = 0.5
_SHORTEST_ASK = 6
_SHORTEST_FAULT_ZH = 6
_VERB = 0.5
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
# Where a new main clause may begin inside a statement without "and": only between two clauses with verbs of their own.
_SOFT_CUT_EN = re.compile(
    r"(?:,?\sand\s|,\s)(?=(?:the|a|an|this|that|these|those|my|our|your|his|her|their|its|half|some|many|most|every|each|all"
    r"|both|two|three|four|five|several|nobody|nothing|everybody|someone|somebody|i|we|you|he|she|it|they|there)\s)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|does|did|do|can|could|will|would|may|might|must|shall|should"
    r"|came|went|got|gave|took|kept|left|lost|ran|saw|said|sent|told|found|stood|sat|put|held|fell|broke|spoke|began"
    r"|rang|hung|shut|cut|cost|meant|felt|knew|brought|thought|wrote|made|paid|let)\b|\w{2,}n['’]t\b",
    re.IGNORECASE,
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
_SAME_TOPIC = re.compile(
    r"(?:其中|还|也|却|又|结果|连|就|都|而|但|甚至|导致|害|搞得|弄得|至今|到现在|一直|这|那|它|只|才|根本|压根|完全|居然|竟|不|没|未|再|如今|现在"
    r"|目前|已|仍|全|总|老是|每次|回回|最后|然后|后来|直到|所以|因此|说|问|打|发|等|看|从|对|把|被|给|跟|让|以|有|是|我|你|您|他|她)"
)
_TIME_ZH = re.compile(
    r"(?:现在|目前|如今|最后|然后|后来|结果|至今|今天|昨天|前天|以前|之前|以后|之后|这里|那里|那边|这边|全部|大家|我们|你们)"
)
_FIRST_WORDS = 8
_OR_ELSE = re.compile(r"(?:不然|否则|要不然|不然的话|那样的话|到时(?:候)?(?:就|只|别|我))")
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


def tells_fault(words: str) -> bool:
    """Tell whether a statement tells a fault: the trained model, which asks for less where a word of trouble stands."""
    named = names_fault(words)
    return sentence_kind(words).fault >= (NAMED_FAULT if named else FAULT) and (named or not announces(words))


def reads_as_ask(words: str, *, alone: bool = False) -> Ask | None:
    """Tell whether a clause asks for something: the rules, unless the model is sure of the opposite, or the model.

    A sentence that is a whole text (`alone`) was hardly written to say nothing: there the model takes nothing back.
    """
    found = find_ask(words, alone=alone)
    if alone:
        return found
    seen = sentence_kind(words)
    asks = seen.request + seen.question
    if found:
        if rule_ask(words) == "question" and announces(words) and not words.rstrip().endswith(("?", "？")):
            return None
        sure = words.rstrip().endswith(("?", "？")) or asks >= (NO_ASK if rule_ask(words) else HARDLY)
        return found if sure and seen.threat < THREATENS else None
    if asks < ASK or announces(words) or len(words.strip()) < _SHORTEST_ASK:
        return None
    return "question" if seen.question > seen.request else "request"


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
        ask = reads_as_ask(part, alone=alone)
        if ask and not alone and rule_ask(part) is None and tells_fault(part):
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
    parts = _statements(sentence, start, end)
    found: list[Clause] = []
    for first, last in parts:
        part = sentence[first:last]
        if is_threat(part) or is_mood(part) or (is_effect(part) and len(parts) > 1) or not tells_fault(part):
            continue
        if found and _LEANING.match(part) and first - found[-1].end < 8:
            found[-1] = Clause(found[-1].start, last, None)
        else:
            found.append(Clause(first, last, None))
    if (
        not found
        and not is_mood(sentence[start:end])
        and not is_effect(sentence[start:end])
        and tells_fault(sentence[start:end])
    ):
        found = [Clause(start, end, None)]
    for one in found:
        lead = _PREAMBLE.match(sentence, one.start, one.end)
        yield Clause(lead.end() if lead and one.end - lead.end() > _SHORTEST else one.start, one.end, None)


def _statements(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a statement where one main clause ends and the next begins.

    Between clauses that a mere "and" or comma joins only where each tells a fault of its own: "you promised it and I
    have nothing" is one.
    """
    cuts = [(start, start), *(m.span() for m in _FAULT_CUT_EN.finditer(sentence, start, end)), (end, end)]
    parts: list[tuple[int, int]] = []
    for (_, first), (last, _) in pairwise(cuts):
        finer = _joined(sentence, first, last)
        parts.extend(finer if all(tells_fault(sentence[a:b]) for a, b in finer) else [(first, last)])
    return parts


def _joined(sentence: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = [(start, end)]
    for cut in _SOFT_CUT_EN.finditer(sentence, start, end):
        left, right = sentence[parts[-1][0] : cut.start()], sentence[cut.end() : end]
        if _is_main(left) and _is_main(right):
            parts[-1:] = [(parts[-1][0], cut.start()), (cut.end(), end)]
    return parts


def _is_main(part: str) -> bool:
    """Tell whether a part of a sentence may be a main clause: three words or more, one of them a finite verb."""
    words = part.split()
    if len(words) < 3 or _SUBORDINATE.match(part.strip()):
        return False
    return _FINITE.search(part) is not None or any(_inflected(word) for word in words[1:])


def _inflected(word: str) -> bool:
    plain = word.strip(".,;:!?\"'“”’()").casefold()
    return plain.endswith(("ed", "s")) and not plain.endswith("ss") and parts_of_speech(plain)[1] >= _VERB


def _chinese(sentence: str) -> Iterator[Clause]:
    """Give the clauses of a Chinese sentence, which strings them together with commas."""
    last: Clause | None = None
    topic: tuple[int, int] | None = None
    tailed = False
    for start, end in _comma_parts(sentence):
        part = sentence[start:end].strip()
        if _OR_ELSE.match(part):
            break  # what follows are consequences
        ask = reads_as_ask(part)
        fault = ask is None and not is_threat(part) and not is_mood(part) and not is_effect(part) and tells_fault(part)
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
        if last.ask is not None or _NEW_FAULT.match(part) or (len(part) >= _SHORTEST and _ALSO.match(part)):
            return False
        return len(part) < _SHORTEST_FAULT_ZH or (_SAME_TOPIC.match(part) is not None and not _begins_with_thing(part))
    return ask == "question" and last.ask == "question" and len(part) <= 6


def _begins_with_thing(part: str) -> bool:
    first = chinese.cut(part[:_FIRST_WORDS])[0]
    return len(first) > 1 and chinese.part_of_speech(first)[0] > 0 and _TIME_ZH.match(first) is None


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
