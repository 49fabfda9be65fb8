"""The follow-up mail asks its reader for what they took on, and tells as decided only what was."""

from collections.abc import Callable
from datetime import date

import pytest

from assistant.actions.follow_up import FollowUpWriter, item_sentence
from assistant.domain.actions import ActionItem
from assistant.domain.brief import Brief, WritingTask, Written
from assistant.domain.draft import Origin, Section, Sentence, WrittenBy
from assistant.domain.project import Language
from assistant.domain.rewriting import Heard, unheard
from assistant.services import DeskServices

FIRST = "notes/2026-03-11 minutes.md"
SECOND = "notes/2026-03-18 minutes.md"
LENA = frozenset({"lena voss", "lena"})


def accepted(services: DeskServices, path: str) -> list[str]:
    summary = services.meetings.read("labels", path=path)
    kept = [i for i in services.meetings.propose(summary) if not i.internal]
    return [services.meetings.accept(i.id, i.version).id for i in kept]


def test_the_reader_is_asked_and_called_you(services: DeskServices) -> None:
    body = services.meetings.draft_follow_up("labels", accepted(services, FIRST)).draft.body
    assert "- Please confirm the scanner delivery date by 19 March 2026." in body
    assert "Lena:" not in body
    assert "- Priya: send the revised test plan to you, by 13 March 2026." in body


def test_what_was_done_stands_under_no_decisions(services: DeskServices) -> None:
    ids = accepted(services, FIRST)
    first = services.meetings.draft_follow_up("labels", ids).draft.body
    assert "What we decided\n- We agreed to keep the pilot at one site." in first
    body = services.meetings.draft_follow_up("labels", ids + accepted(services, SECOND)).draft.body
    assert "was sent" not in body


@pytest.mark.parametrize(
    ("language", "task", "owner", "due", "words", "said"),
    [
        ("en", "Confirm the date", "Lena", None, "before the demo", "Please confirm the date (before the demo)."),
        ("en", "Sign-off of the labels", "Lena Voss", None, "", "Please see to this: Sign-off of the labels."),
        ("en", "SAP export to Lena's team", "Tom", None, "", "Tom: SAP export to Lena's team."),
        ("en", "Ring Lena and Tom", "Lena; Tom", None, "", "Lena and Tom: ring Lena and Tom."),
        ("zh", "确认交货日期", "Lena", date(2026, 3, 19), "周四前", "请您在2026年3月19日前确认交货日期。"),
        ("zh", "标签定稿", "Lena", None, "尽快", "请您处理：标签定稿（尽快）。"),
        ("zh", "把清单发给Lena", "陈可", None, "", "陈可：把清单发给您。"),
    ],
)
def test_an_item_as_one_sentence(
    language: Language, task: str, owner: str, due: date | None, words: str, said: str
) -> None:
    item = ActionItem(task, owner, due, words, task, 0, len(task), 1, 0.9)
    assert item_sentence(item, language, to=LENA) == said


class TwoSections:
    """A writer whose decisions stand in two sections of one step."""

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        said = [Sentence(f"s{n}", f"Point {n}.", (), Origin.MODEL) for n in (1, 2)]
        return Written("", tuple(Section("decisions", (one,)) for one in said), (), WrittenBy("two"))


def test_a_step_with_two_sections_keeps_both(services: DeskServices) -> None:
    ids = accepted(services, FIRST)
    items = [services.meetings.item(one) for one in ids]
    project = services.projects.get("labels")
    playbook = services.library.playbook("followup")
    task = WritingTask(Brief(project, playbook, "en", date(2026, 3, 20), ()), (), ())
    written = FollowUpWriter(TwoSections(), items, project).write(task)
    told = [s.text for section in written.sections if section.step == "decisions" for s in section.sentences]
    assert told == ["Point 1.", "Point 2."]
    assert [s.step for s in written.sections] == ["decisions", "decisions", "our-actions", "your-actions"]
