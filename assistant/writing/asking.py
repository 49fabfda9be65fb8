"""Questions to the client that only this project can raise: what they wrote, what moved, what was put into use."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from assistant.checks.hidden_orders import find_orders
from assistant.checks.mail_text import new_text
from assistant.checks.points import find_points
from assistant.domain.brief import WritingTask
from assistant.domain.draft import Evidence
from assistant.domain.facts import FactKind
from assistant.domain.inbound import Point, PointKind
from assistant.domain.project import Language
from assistant.writing import phrasing_history
from assistant.writing.answering import wants_an_answer
from assistant.writing.dating import spoken
from assistant.writing.fitting import Item
from assistant.writing.nouns_en import lower_first
from assistant.writing.reading import Reader
from assistant.writing.roles import signs_of
from assistant.writing.said import Fit, Said
from assistant.writing.values import History

_LEANS = re.compile(r"(?:that|this|it|they|these|those|and|but|so|then)\b|[这那此]|结果|另外", re.IGNORECASE)
_OF_TELLING = re.compile(
    r"\b(?:e-?mails?|mails?|updates?|told|tell|call(?:ed)?|answer|reply|promised|heard)\b|周报|邮件|电话|答复|回复|告诉|听说|没收到",
    re.IGNORECASE,
)
_FRESH = timedelta(days=60)
_LONGEST: dict[Language, int] = {"en": 120, "zh": 45}
_SHORTEST: dict[Language, int] = {"en": 25, "zh": 8}
_PUT_INTO_USE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"^(?P<what>(?:The |All |Both |Our )?[A-Za-z][^,:;.()]{3,60}?) (?P<done>(?:was|were) "
        r"(?:fixed|installed|delivered|released|deployed|rolled out|replaced|repaired|fitted|switched on))\b"
    ),
    "zh": re.compile(
        r"^(?:[0-9]+月[0-9]+日[,\uff0c])?(?P<what>[\u4e00-\u9fffA-Za-z0-9]{2,16}?)(?:已(?:经)?)?(?:全部)?"
        r"(?P<done>修复|上线|装完|安装完成|交付|部署完成|投用|投入使用|更换完成)"
    ),
}


def questions(task: WritingTask, reader: Reader, histories: Sequence[History], said: Sequence[Said]) -> list[Item]:
    """Give the questions that the notes and the client's mails raise, the client's own words first."""
    found = (_about_their_words(task, reader), _about_a_date(task, histories), _about_what_is_in_use(task, said))
    return [item for item in found if item is not None]


def _about_their_words(task: WritingTask, reader: Reader) -> Item | None:
    """Ask how something looks today that the client complained of or asked for in the newest of its mails."""
    brief, language = task.brief, task.brief.language
    mails = [e for e in task.evidence if e.passage.path in reader.letters_of_client and not e.passage.quoted]
    mails = [e for e in mails if e.passage.dated and brief.as_of - e.passage.dated <= _FRESH]
    for evidence in sorted(mails, key=_day_and_place, reverse=True):
        day = evidence.passage.dated
        words = next(_raised(evidence, language), "")
        if words and day:
            when = spoken(day, language, brief.as_of)
            if language == "zh":
                return Item(f"您{when}来信提到：「{words}」。现在从您那边看，情况怎样？", (evidence.n,))
            return Item(f"On {when} you wrote: “{words}” How does this look from your side today?", (evidence.n,))
    return None


def _day_and_place(evidence: Evidence) -> tuple[str, int]:
    return str(evidence.passage.dated), -evidence.passage.start


def _raised(evidence: Evidence, language: Language) -> Iterator[str]:
    body = new_text(evidence.passage.text, "")

    def order(point: Point) -> tuple[bool, bool, bool, int]:
        # What does not work comes before how the client learned of something.
        told = _OF_TELLING.search(point.text) is not None
        return told, "problem" not in signs_of(point.text), point.kind is not PointKind.GRIEVANCE, point.start

    for point in sorted(find_points(body), key=order):
        words = " ".join(point.text.split()).strip('“”"「」')
        if _LEANS.match(words) or find_orders(words) or not wants_an_answer(words) or "@" in words or "://" in words:
            continue
        if _SHORTEST[language] <= len(words) <= _LONGEST[language]:
            yield words.rstrip("。") if language == "zh" else words.rstrip(".?!") + "."


def _about_a_date(task: WritingTask, histories: Sequence[History]) -> Item | None:
    """Ask whether the newest day of a milestone that moved suits the client."""
    brief, today = task.brief, task.brief.as_of.isoformat()
    moved = [h for h in histories if h.kind is FactKind.DATE and h.changed and not h.conflict]
    history = next((h for h in moved if h.newest().key >= today), None)
    if history is None:
        return None
    label, day = phrasing_history.named(history, brief.language, brief.as_of)
    labels = (history.newest().line.evidence.n,)
    if brief.language == "zh":
        return Item(f"{label}时间现为{day}，和您的安排合得上吗？", labels)
    return Item(f"How does the new day for {lower_first(label)}, {day}, fit your own planning?", labels)


def _about_what_is_in_use(task: WritingTask, said: Sequence[Said]) -> Item | None:
    """Ask how the newest thing that was put into use works."""
    brief = task.brief
    done = [s for s in said if s.fit is Fit.PATTERN and s.done_on and "done" in s.roles]
    for one in sorted(done, key=lambda s: str(s.done_on), reverse=True):
        found = _PUT_INTO_USE[brief.language].match(one.text)
        if found and brief.language == "zh":
            return Item(f"{found['what']}{found['done']}之后，从您那边看情况怎样？", (one.line.evidence.n,))
        if found:
            words = f"Since {lower_first(found['what'])} {found['done']}, how does it look from your side?"
            return Item(words, (one.line.evidence.n,))
    return None
