"""One written sentence against notes of a chosen kind, for the checks of what was told, promised and worded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.checks.input import CheckInput, Source
from assistant.checks.run import CHECKS
from assistant.domain.finding import Finding
from assistant.domain.guidance import Bilingual, Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import NoteKind
from assistant.domain.project import Authority, Language
from tests.checks.checks_case import Case, source

TOLD = date(2026, 11, 6)
MET = date(2026, 11, 10)
LOGGED = date(2026, 11, 17)
FIVE_DAYS = Authority(max_date_shift_days=5)


def sent(text: str, dated: date = TOLD) -> Source:
    return source(text, path="notes/sent.eml", kind=NoteKind.SENT, dated=dated)


def log(text: str, dated: date = LOGGED) -> Source:
    return source(text, path="notes/log.md", kind=NoteKind.LOG, dated=dated)


def minutes(text: str, present: str = "Present: Piet Vos, Ruth Amadi", dated: date = MET) -> list[Source]:
    return [source(t, path="notes/call.md", dated=dated, line=n) for n, t in ((1, present), (5, text))]


def language_of(text: str) -> Language:
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en"


def _playbook(kind: str) -> Playbook | None:
    """Give a playbook without steps, which asks for the promises that fell due as the kind's own does."""
    if kind not in {"status", "complaint"}:
        return None
    nothing = Bilingual("", "")
    return Playbook(kind, nothing, nothing, nothing, needs_inbound=False, steps=(), reports_promises=True)


@dataclass(frozen=True, slots=True)
class Written:
    """Sentences that all cite `cited`; `uncited` are the project's other client-visible notes."""

    sentences: Sequence[str]
    cited: Sequence[Source] = ()
    uncited: Sequence[Source] = ()
    internal: Sequence[Source] = ()
    kind: str = "status"
    inbound: Inbound | None = None
    authority: Authority = FIVE_DAYS
    language: Language | None = None

    def input(self) -> CheckInput:
        labels = tuple(range(1, len(self.cited) + 1))
        language = self.language or language_of("".join(self.sentences))
        given = Case(
            [(text, labels) for text in self.sentences],
            list(self.cited),
            uncited=list(self.uncited),
            internal=list(self.internal),
            language=language,
            inbound=self.inbound,
        ).input()
        project = replace(given.project, authority=self.authority, language=language)
        playbook = given.playbook or _playbook(self.kind)
        return replace(given, project=project, playbook=playbook, draft=replace(given.draft, kind=self.kind))

    def run(self, check: str) -> list[Finding]:
        return CHECKS[check](self.input())

    def codes(self, check: str) -> list[str]:
        return [f.code for f in self.run(check)]
