"""Choosing, for each playbook step, which of the things the notes say go into the message."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.checks.words import subject_words
from assistant.domain.brief import Brief
from assistant.domain.guidance import PlaybookStep, Window
from assistant.domain.note import NoteKind
from assistant.language.sentences import split_sentences
from assistant.writing.evidence import is_of_meeting
from assistant.writing.said import Fit, Said

_WEIGHT = {NoteKind.DECISION: 0.6, NoteKind.MINUTES: 0.6, NoteKind.LOG: 0.5, NoteKind.PLAN: 0.1}
_SCOPE = re.compile(r"\bscope\b|\bchange requests?\b|frozen|\bassum|范围|不含|不包括|冻结|变更单|前提", re.IGNORECASE)
_OCCASION = re.compile(
    r"\b(?:call|meeting|meets?|review|go / ?no-go|decid\w+|decision|steering|workshop)\b|评审|会议(?!室)|例会|开会|决定|答复|沟通",
    re.IGNORECASE,
)
_DECIDING = frozenset({"decision", "need"})
_SAME = 0.6
_FRESH_TALK = 14  # days for which a step named in a meeting, without a day, may still lie ahead
_CODES = re.compile(r"(?<![A-Za-z])[A-Z]{1,6}-[0-9]{1,6}(?![0-9])")
_FIGURES = re.compile(r"[0-9]+")
_DONE_SIGNS = re.compile(
    r"\b(?:done|fixed|closed|sent|signed|received|arrived|finished|completed|booked)\b|完成|已|到货|装完|跑完|签回"
)


@dataclass(frozen=True, slots=True)
class Ranks:
    """How near each evidence is to a step, by the search: 1 for the best, falling to 0."""

    by_step: dict[str, dict[int, float]]

    def of(self, step: str, n: int) -> float:
        """Give the nearness of one evidence to one step."""
        return self.by_step.get(step, {}).get(n, 0.0)


def eligible(said: Said, step: PlaybookStep, brief: Brief) -> bool:
    """Whether a step may say this, by its roles and its window of time."""
    if set(step.roles) >= _DECIDING:
        # How things are decided: occasions to talk, not everything that is wanted from the client.
        return (
            bool(said.roles & {*step.roles, "next"})
            and lies_ahead(said, brief)
            and _OCCASION.search(said.raw) is not None
        )
    roles = said.roles & set(step.roles)
    if not roles or _says_too_little(said) or _belongs_elsewhere(said, roles, step):
        return False
    if said.for_client:
        return "need" in roles and (said.due is None or lies_ahead(said, brief))
    return _in_window(said, roles, step, brief)


def _belongs_elsewhere(said: Said, roles: set[str] | frozenset[str], step: PlaybookStep) -> bool:
    """Whether another step is the place for it: events are no state, a risk is told as one, old plans prove nothing."""
    if roles == {"state"}:
        if "holds" in said.roles:
            return bool(said.roles & {"problem", "risk"})
        return bool(said.roles & {"done", "problem", "risk", "next", "need", "limit", "option", "lesson", "change"})
    if "risk" in said.roles and not set(step.roles) & {"risk", "problem"}:
        return True
    return said.line.passage.kind is NoteKind.PLAN and roles <= {"state", "problem", "done"}


def _in_window(said: Said, roles: set[str] | frozenset[str], step: PlaybookStep, brief: Brief) -> bool:
    if step.window is Window.LAST_MEETING and not _of_last_meeting(said, brief):
        return False
    if roles <= {"next", "commitment"} or step.window is Window.FUTURE:
        return lies_ahead(said, brief)
    if "need" in roles and step.window is Window.CURRENT and roles == {"need"}:
        return False
    if step.window is Window.SINCE_LAST_UPDATE:
        return said.done_on is not None and (brief.last_update is None or said.done_on > brief.last_update)
    return said.line.dated is not None or step.window is Window.ANY


def _of_last_meeting(said: Said, brief: Brief) -> bool:
    passage = said.line.passage
    return is_of_meeting(passage) and passage.dated is not None and passage.dated == brief.last_meeting


def lies_ahead(said: Said, brief: Brief) -> bool:
    """Whether it looks forward to the as-of date or later, or was named as a step in a meeting just held."""
    if said.fit is Fit.SPOKEN and said.due is None:
        return said.line.dated is not None and (brief.as_of - said.line.dated).days <= _FRESH_TALK
    return said.due is not None and said.due >= brief.as_of


def _says_too_little(said: Said) -> bool:
    return said.fit is Fit.QUOTED and len(subject_words(said.raw)) < 3


def is_about_scope(said: Said) -> bool:
    """Whether a sentence draws the agreed scope, which any request is held against."""
    return bool(said.roles & {"feasibility", "limit"}) and _SCOPE.search(said.raw) is not None


def score(said: Said, step: PlaybookStep, ranks: Ranks, brief: Brief, wanted: frozenset[str]) -> float:
    """Say how much a step wants this sentence."""
    fitting = len(said.roles & set(step.roles))
    value = 1.0 * min(2, fitting) + 0.4 * max(0, fitting - 2) + (0.4 if len(_FIGURES.findall(said.raw)) > 1 else 0.0)
    value += 1.5 * ranks.of(step.id, said.line.evidence.n)
    value += _WEIGHT.get(said.line.passage.kind, 0.3)
    if said.line.dated:
        value += max(0.0, 1.0 - (brief.as_of - said.line.dated).days / 28)
    if said.fit in (Fit.QUOTED, Fit.SPOKEN):
        value -= 1.5
    if said.fit is Fit.SPOKEN and "decision" in said.roles:
        value += 0.6
    if wanted:
        value += 2.0 * len(subject_words(said.raw) & wanted) / (3 + len(wanted) ** 0.5)
    return value


def unlike(chosen: Sequence[Said], candidates: Iterable[Said]) -> list[Said]:
    """Keep the candidates that do not repeat what was chosen or each other."""
    kept: list[Said] = []
    for one in candidates:
        if not any(alike(one, other) for other in (*chosen, *kept)):
            kept.append(one)
    return kept


def alike(one: Said, other: Said) -> bool:
    """Whether two sentences tell the same: one line, or mostly the same words."""
    if one.line is other.line and one.raw == other.raw:
        return True
    first, second = subject_words(one.raw), subject_words(other.raw)
    smaller = min(len(first), len(second))
    figures, others = set(_FIGURES.findall(one.raw)), set(_FIGURES.findall(other.raw))
    if not (figures <= others or others <= figures):
        return False
    return smaller > 0 and len(first & second) / smaller >= _SAME and one.due == other.due


def still_open(said: Sequence[Said], texts: Sequence[tuple[date | None, str]]) -> list[Said]:
    """Leave out tasks that a later line reports as done."""
    later = [(day, subject_words(text), text) for day, text in texts if day and _DONE_SIGNS.search(text)]

    def finished(task: Said) -> bool:
        words = subject_words(_first_sentence(task.raw) if "risk" in task.roles else task.raw)
        since = task.line.dated
        return any(
            since is not None
            and day > since
            and (_mostly_the_same(words, found) or _same_code(task.raw, text, words & found))
            for day, found, text in later
        )

    def may_be_over(one: Said) -> bool:
        return "risk" in one.roles or (
            bool(one.roles & {"next", "need"}) and one.due is not None and one.done_on is None
        )

    return [one for one in said if not (may_be_over(one) and finished(one))]


def _mostly_the_same(words: frozenset[str], found: frozenset[str]) -> bool:
    return len(words & found) >= max(2, 0.5 * min(len(words), len(found)), 0.4 * len(words))


def _same_code(task: str, text: str, shared: frozenset[str]) -> bool:
    """Whether both name one numbered thing (CR-07) and share words beside its number."""
    return bool(set(_CODES.findall(task)) & set(_CODES.findall(text))) and len(shared) > 2


def _first_sentence(text: str) -> str:
    return next((span.text for span in split_sentences(text)), text)


def in_order(step: PlaybookStep, chosen: Sequence[Said]) -> list[Said]:
    """Put a step's sentences into the order in which a reader wants them: by day where days matter."""
    if set(step.roles) & {"next", "need"}:
        return sorted(chosen, key=lambda s: s.due or date.max)
    if "done" in step.roles:
        return sorted(chosen, key=lambda s: s.done_on or date.min)
    return list(chosen)
