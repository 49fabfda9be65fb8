"""Standing drafts for tests of what a writer does with them."""

from assistant.domain.draft import CLOSING, GREETING, Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.finding import Finding
from assistant.domain.note import Passage
from assistant.domain.project import Language, ModelLimit
from assistant.domain.rewriting import RewritingTask, Wish
from assistant.writing.applying import changeable
from tests.writing.writing_builders import NOW, TODAY, library, project


def standing(
    *sections: tuple[str, list[str]],
    language: Language = "en",
    cites: tuple[Passage, ...] = (),
    origin: Origin = Origin.OFFLINE,
) -> Draft:
    """A draft of those steps and sentences, greeted and closed; every sentence cites all of `cites`."""
    labels = tuple(range(1, len(cites) + 1))
    number = 0
    made = []
    for step, texts in sections:
        sentences = []
        for text in texts:
            number += 1
            sentences.append(Sentence(f"s{number}", text, labels, origin))
        made.append(Section(step, tuple(sentences), "", "list"))
    return Draft(
        id="d-1",
        revision=1,
        project="mill",
        kind="status",
        language=language,
        as_of=TODAY,
        subject="Status",
        sections=(
            Section(GREETING, (Sentence("greeting-1", "Dear Ms Osei,"),), "", "lines"),
            *made,
            Section(CLOSING, (Sentence("closing-1", "Best wishes,"),), "", "lines"),
        ),
        evidence=tuple(Evidence(n, passage) for n, passage in enumerate(cites, start=1)),
        recipients=(),
        writer=WrittenBy("offline"),
        created_at=NOW,
    )


def asked(draft: Draft, wish: Wish, *, findings: tuple[Finding, ...] = ()) -> RewritingTask:
    """The task for a wish about that draft."""
    return RewritingTask(
        draft=draft,
        project=project(draft.language, model=ModelLimit.ANY),
        playbook=library().playbook("status"),
        inbound=None,
        wish=wish,
        chosen=changeable(draft, wish.sentence_ids),
        evidence=draft.evidence,
        findings=findings,
    )
