"""The commitments check: promises that no note backs, that name no day, or that go beyond the sender's authority."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput, Source
from assistant.checks.matching import carried, carries, span_of
from assistant.checks.reading import Reading, ReadSentence, Sources, read
from assistant.checks.statements import Statement, is_old, statements
from assistant.checks.support import is_fixed
from assistant.checks.told import promise_clause, promised_thing, told_ledger
from assistant.checks.vague_time import vague_words
from assistant.checks.words import subject_words
from assistant.domain.draft import Origin
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import NoteKind
from assistant.language.detect import has_cjk

CHECK = "commitments"
CODES = ("date_shift", "money", "scope", "unbacked", "new_promise", "no_date")

_OFFERING = frozenset({Role.PROMISE, Role.PROPOSAL, Role.CLAIM, Role.APOLOGY})
_FIRM = frozenset({NoteKind.DECISION, NoteKind.MINUTES, NoteKind.SENT})
_MONEY = re.compile(
    r"\b(?:free of charge|at no (?:extra |additional |further )?(?:cost|charge)|for free(?! (?:download|trial)|"
    r" [a-z]+ly)|without (?:extra |"
    r"additional )?"
    r"(?:charge|cost)|on the house(?! [a-z])|(?:a|an|[0-9]{1,2} ?%|"
    r"[0-9]{1,2} percent) (?:\w{2,12} )?(?:discount|rebate)|"
    r"discount (?:of|you)|"
    r"waive (?:the|our|all)|(?:refund|compensate|reimburse|credit) you|credit note|goodwill (?:credit|payment)|"
    r"(?:bear|absorb|cover) the (?:\w{2,12} )?costs?)\b|"
    r"免费|不(?:另外?|额外|再)?收(?:取)?费|不加钱|(?:给|予|提供|享受?)[^，。；]{0,8}(?:折扣|优惠|减免)|"
    r"打[一二三四五六七八九0-9.]{1,3}折|赠送|"
    r"(?:给|为|向)(?:您|贵方|贵司)[^，。；]{0,6}(?:退款|补偿|赔偿)|免去|(?:费用|成本|开支)[^，。；]{0,6}由我[们方司]",
    re.IGNORECASE,
)
_BETWEEN_US = re.compile(r"\b(?:you|your|we|us|our)\b|您|贵方|贵司|我们|我方|为你", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot|no|without|nor)\b|n['’]t\b)[^,.;]{0,30}\Z|(?:不|无法|不能|并非|没有)[^，。；]{0,6}\Z",
    re.IGNORECASE,
)
_MORE_SCOPE = re.compile(
    r"\b(?:we|i)(?:'ll| will| can| shall)(?: also| gladly| happily| simply)? "
    r"(?:add|include|build|throw in|extend|take on)\b|"
    r"(?:我们?|我方)(?:也|还|再|就|一并|额外|顺便|会|将|可以|能)*(?:增加|新增|加上|加入|加进|加做|顺便做|一并做|"
    r"一并开发)"
    r"(?!人手|人力|人员|测试|检查|沟通|频次|班次)",
    re.IGNORECASE,
)
_MORE_PEOPLE = re.compile(
    r"\b(?:add|include)\b[^.;]{0,20}\b(?:people|testers?|developers?|colleagues?|checks?|tests?|lines?|notes?|"
    r"section|"
    r"column|you|him|her|them)\b",
    re.IGNORECASE,
)
# To call or to write is the sender's own to promise.
_WORD_OF_MOUTH = re.compile(
    r"\b(?:send|call|ring|phone|write|tell|report|update|inform|reply|respond|answer|come back|get back|confirm|"
    r"keep you|"
    r"let you know|let (?:him|her|them) know|be in touch|follow up|hear (?:from|back)|talk|meet|discuss|share|"
    r"check)\b|"
    r"告知|答复|回复|通知|汇报|同步|致电|打电话|联系|反馈|说明|沟通|发给|发送|发出|提交|更新|来访|面谈|"
    r"给(?:您|贵方|贵司|你们?)[^，。；]{0,6}(?:报告|说明|答复|方案|计划|清单|材料|书面)",
    re.IGNORECASE,
)
# What somebody has to make, so that a note should speak of it.
_DELIVERS = re.compile(
    r"\b(?:send|forward|deliver(?:ed)?|fix(?:ed)?|finish(?:ed)?|complete[d]?|deploy(?:ed)?|release[d]?|ship(?:ped)?|"
    r"install(?:ed)?|migrate[d]?|implement(?:ed)?|build|built|provide[d]?|restore[d]?|resolve[d]?|solve[d]?|"
    r"replace[d]?|"
    r"extend(?:ed)?|repair(?:ed)?|prepare[d]?|hand(?:ed)? over|go live|be (?:done|ready|live|available|in place|"
    r"with you))\b|"
    r"交付|完成|修复|修好|改好|上线|部署|安装|解决|提供|迁移|开发|恢复|更换|补上|到货|发给|发送|提交|做好|交给",
    re.IGNORECASE,
)
# What needs no day: what recurs, what hangs on something else, and what is promised not to happen.
_NO_DAY_OWED = re.compile(
    r"\b(?:(?:every|each) (?:other |second )?(?:day|week|month|morning|evening|mon|tue|wed|thu|fri|sprint|quarter|"
    r"time|step)\w{0,6}|weekly|daily|monthly|whenever|if|once|when|as soon as|until|unless|after|before|during|"
    r"from now on|"
    r"always|throughout|at once|immediately|right away|today|now|not|never|no longer|nothing|continue|remain|"
    r"stay|keep)\b|"
    r"won['’]t|每(?:天|日|周|月|个?星期|次|两|晚|早|隔|一步)|一旦|如果|若|如有|待|等|之?后|以后|之?前|期间|届时|"
    r"时候|立即|马上|今天|当天|随时|始终|持续|"
    r"继续|保持|不会|不再|不|仍",
    re.IGNORECASE,
)
_LEAST_SHARED = 0.6


def check(given: CheckInput) -> list[Finding]:
    """Report promises beyond the authority limits, without a note behind them, or without a day; all warn.

    One finding of each sort a sentence, the gravest. A promise to call or to write by a named day that no note speaks
    of is the sender's to make: it is an info where the sender typed it into a draft, and warns wherever else it comes
    from. Vague words for a day are the vague-time check's matter.
    """
    reading = read(given)
    findings: list[Finding] = []
    for sentence in reading.sentences:
        if sentence.role not in _OFFERING or is_fixed(given, sentence.text) or repeats_client(reading, sentence):
            continue
        beyond = next(_beyond(reading, sentence), None)
        promised = next(_promised(reading, sentence), None)
        findings += [f for f in (beyond, promised) if f is not None and not (f is promised and _within(beyond, f))]
    return findings


def _within(one: Finding | None, other: Finding) -> bool:
    """Tell whether a finding is about some of the words that another one is about."""
    if one is None or one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _promised(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    if sentence.role is not Role.PROMISE:
        return
    clause = promise_clause(sentence.text)
    said = sentence.text[slice(*clause)]
    dated = _names_a_time(sentence)
    own_word = _WORD_OF_MOUTH.search(said) is not None
    words, head = promised_thing(said)
    if len(words) < 2:
        words, head = promised_thing(sentence.text)
    owed = _DELIVERS.search(said) is not None
    if not owed or (own_word and (dated or _NO_DAY_OWED.search(sentence.text))):
        head = ""
    if head and not _no_act(said) and not _backed(reading, sentence, words):
        yield sentence.finding(CHECK, "unbacked", Severity.WARN, {"said": said}, span=clause)
    if (
        own_word
        and not head
        and _names_a_day(sentence)
        and not _no_act(said)
        and not _told_of(reading, sentence, words)
    ):
        typed = sentence.place.sentence.origin is Origin.HUMAN and reading.given.draft.writer.name != "person"
        severity = Severity.INFO if typed else Severity.WARN
        yield sentence.finding(CHECK, "new_promise", severity, {"said": said}, span=clause)
    if not (owed or own_word) or _no_act(said) or _NO_DAY_OWED.search(sentence.text):
        return
    if not dated and not vague_words(sentence.text):
        yield sentence.finding(CHECK, "no_date", Severity.WARN, {"said": said}, span=clause)


def _names_a_time(sentence: ReadSentence) -> bool:
    if any(f.kind in {FactKind.DURATION, FactKind.TIME} for f in sentence.checked):
        return True
    return any(f.kind is FactKind.DATE for f in sentence.checked) and not vague_words(sentence.text)


def _names_a_day(sentence: ReadSentence) -> bool:
    return any(f.kind is FactKind.DATE and not f.vague for f in sentence.checked)


def _told_of(reading: Reading, sentence: ReadSentence, words: frozenset[str]) -> bool:
    """Tell whether a note says of the promised day that something is told or sent, or speaks of what is promised.

    A note in another language need only name the day.
    """
    days = [f for f in sentence.checked if f.kind is FactKind.DATE]
    given, chinese = reading.given, has_cjk(sentence.text)
    cited = [statement for source in reading.cited(sentence) for statement in statements(source)]
    return any(
        has_cjk(statement.text) is not chinese
        or _WORD_OF_MOUTH.search(statement.text) is not None
        or not words.isdisjoint(statement.words)
        for statement in (*cited, *_everything(Sources((*given.sources, *given.internal))))
        if any(carried(statement.facts, day, sentence.text) for day in days)
    )


def _no_act(said: str) -> bool:
    """Keeping on, needing and not doing are nothing that a note would carry or that falls due."""
    return (
        re.search(
            r"\b(?:not|never|keep|continue|remain|stay|need|have to|look forward|hope)\b|不|继续|保持|持续|配合|"
            r"跟进|关注",
            said,
            re.IGNORECASE,
        )
        is not None
    )


def _backed(reading: Reading, sentence: ReadSentence, words: frozenset[str]) -> bool:
    """Tell whether a note, internal ones too, or a cited source speaks of the promised thing.

    Notes of another language share no words with it: there the same day is enough, and where no note is in the
    promise's language nothing can be told.
    """
    days = [f for f in sentence.checked if f.kind is FactKind.DATE]
    given = reading.given
    chinese = has_cjk(sentence.text)
    foreign = False
    comparable = False
    cited = [statement for source in reading.cited(sentence) for statement in statements(source)]
    for statement in (*cited, *_everything(Sources((*given.sources, *given.internal)))):
        same_day = bool(days) and any(carried(statement.facts, day, sentence.text) for day in days)
        if has_cjk(statement.text) is not chinese:
            if same_day:
                return True
            foreign = True
            continue
        comparable = True
        shared = len(words & statement.words)
        if shared >= min(2, len(words)) and (same_day or shared >= _LEAST_SHARED * len(words)):
            return True
    return foreign and not comparable


@lru_cache(maxsize=4)
def _everything(sources: Sources) -> tuple[Statement, ...]:
    return tuple(s for source in sources.all for s in statements(source))


# --- beyond what the sender may decide -----------------------------------------------------------------------


def _beyond(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    authority = reading.given.project.authority
    if authority.max_date_shift_days is not None:
        yield from _date_shift(reading, sentence, authority.max_date_shift_days)
    if not authority.may_offer_money:
        yield from _money(reading, sentence)
    if not authority.may_add_scope:
        yield from _scope(reading, sentence)


def _date_shift(reading: Reading, sentence: ReadSentence, most: int) -> Iterator[Finding]:
    """A day further from the told one than the sender may move it, which no decision or minutes carry."""
    as_of = reading.given.draft.as_of
    for fact in sentence.checked:
        day = _day(fact, as_of)
        if day is None or day <= as_of or is_old(sentence.text, fact):
            continue
        rivals = told_ledger(reading.given).rivals(sentence.text, fact, sentence.facts)
        told = [r for r in rivals if not r.agrees and not r.statement.hedged and _day(r.fact, as_of)]
        if not told or any(r.agrees for r in rivals) or _decided(reading, sentence, fact):
            continue
        last = max(told, key=lambda r: (r.statement.dated or date.min, r.statement.passage.path))
        # "From 1 to 10 April" keeps the 1 April that was told; "from 1 April, now 10 April" does not.
        if any(carries(last.fact, f, sentence.text) and not is_old(sentence.text, f) for f in sentence.facts):
            continue
        before = _day(last.fact, as_of)
        if before is not None and abs((day - before).days) > most:
            values = {
                "said": fact.text,
                "source": last.fact.text,
                "where": last.statement.where,
                "days": str(abs((day - before).days)),
                "limit": str(most),
            }
            yield sentence.finding(CHECK, "date_shift", Severity.WARN, values, span=(fact.start, fact.end))


def _day(fact: Fact, as_of: date) -> date | None:
    if fact.kind is not FactKind.DATE or fact.vague:
        return None
    span = span_of(fact.value, as_of.year)
    return span[0] if span and span[0] == span[1] else None


def _decided(reading: Reading, sentence: ReadSentence, fact: Fact) -> bool:
    rivals = reading.ledger().rivals(sentence.text, fact, sentence.facts)
    return any(r.agrees and not r.statement.hedged and r.statement.passage.kind in _FIRM for r in rivals)


def _money(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    found = _MONEY.search(sentence.text)
    if found is None or _DENIED.search(sentence.text[: found.start()]):
        return
    if sentence.role is Role.CLAIM and not _BETWEEN_US.search(sentence.text):
        return
    sources = reading.cited(sentence) if sentence.role is Role.CLAIM else _firm_sources(reading)
    words = subject_words(_MONEY.sub(" ", sentence.text))
    for source in sources:
        for statement in statements(source):
            if _MONEY.search(statement.text) and (sentence.role is Role.CLAIM or len(words & statement.words) >= 2):
                return
    yield sentence.finding(CHECK, "money", Severity.WARN, {"said": found[0]}, span=found.span())


def _scope(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    found = _MORE_SCOPE.search(sentence.text)
    if found is None or _DENIED.search(sentence.text[: found.start()]) or _MORE_PEOPLE.search(found.string):
        return
    words = subject_words(sentence.text[found.end() :])
    for source in _firm_sources(reading):
        for statement in statements(source):
            if words and len(words & statement.words) >= _LEAST_SHARED * len(words):
                return
    yield sentence.finding(CHECK, "scope", Severity.WARN, {"said": sentence.text}, span=(0, len(sentence.text)))


def _firm_sources(reading: Reading) -> list[Source]:
    return [s for s in reading.given.sources if s.passage.kind in _FIRM]
