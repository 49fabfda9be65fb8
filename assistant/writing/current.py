"""What of the notes still holds on the day of the message, and what stands beside what the client speaks of."""

from collections.abc import Sequence
from datetime import date

from assistant.checks.words import subject_words
from assistant.domain.brief import WritingTask
from assistant.domain.facts import FactKind
from assistant.domain.note import NoteKind
from assistant.language.sentences import split_sentences
from assistant.writing.dating import days_in
from assistant.writing.lines import Line
from assistant.writing.said import Said
from assistant.writing.values import History


def beside(lines: Sequence[Line], points: Sequence[frozenset[str]]) -> dict[tuple[int, date | None], frozenset[str]]:
    """Give the words of the lines that speak of a Point, by note and day: what stands beside them may answer it."""
    found: dict[tuple[int, date | None], frozenset[str]] = {}
    for line in lines:
        words = subject_words(line.text)
        own = line.passage.kind not in (NoteKind.SENT, NoteKind.RECEIVED, NoteKind.CHAT)
        if own and any(len(words & point) >= 2 for point in points):
            key = (line.evidence.n, line.dated)
            found[key] = found.get(key, frozenset()) | words
    return found


def is_day_ahead(history: History, as_of: date) -> bool:
    """Whether a value is a day that has not passed."""
    return history.kind is FactKind.DATE and ahead(history, as_of)


def ahead(history: History, as_of: date) -> bool:
    """Whether a value is not a day that has passed."""
    return history.kind is not FactKind.DATE or history.newest().key >= as_of.isoformat()


def letters_of_client(task: WritingTask) -> frozenset[str]:
    """Find the received notes that somebody of the client wrote: they name a contact or the client."""
    project = task.brief.project
    names = {project.client.name, *project.client.aliases, *(c.name for c in project.contacts)}
    received = [e.passage for e in task.evidence if e.passage.kind is NoteKind.RECEIVED]
    return frozenset(p.path for p in received if any(name in p.text for name in names))


def reports(lines: Sequence[Line]) -> list[tuple[date | None, str]]:
    """Give the dated sentences that may report something as done; letters and chats do not."""
    letters = (NoteKind.SENT, NoteKind.RECEIVED, NoteKind.CHAT)
    return [
        (line.dated, span.text)
        for line in lines
        if line.passage.kind not in letters
        for span in split_sentences(line.text)
    ]


def without_overtaken_plans(said: list[Said], found: list[History]) -> list[Said]:
    """Leave out the dates of a plan once one of its dates has been changed: nobody vouches for the others."""
    overtaken = {v.line.passage.path for h in found if h.changed or h.conflict for v in h.former}
    return [
        s
        for s in said
        if s.line.passage.kind is not NoteKind.PLAN or s.due is None or s.line.passage.path not in overtaken
    ]


def without_moved_dates(said: list[Said]) -> list[Said]:
    """Leave out what still names a day as it was before a sentence of the same matter told that it moved."""
    moves = [(s, days[:-1]) for s in said if "change" in s.roles and len(days := days_in(s.raw, s.line.dated)) > 1]

    def is_former(one: Said) -> bool:
        return one.due is not None and any(
            one is not move
            and one.due in former
            and (one.line.dated or date.min) <= (move.line.dated or date.min)
            and subject_words(one.raw) & subject_words(move.raw) - _plain(one.due)
            for move, former in moves
        )

    return [s for s in said if not is_former(s)]


def _plain(day: date) -> frozenset[str]:
    return subject_words(f"{day.month}月{day.day}日 {day:%B} {day.day} {day.year}")
