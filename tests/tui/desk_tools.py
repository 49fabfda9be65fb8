"""Drafts of every sort for the desk's tests, and how a test looks at a running desk."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import cast

from textual.pilot import Pilot

from assistant.domain.draft import Draft, Evidence, Origin, Section, Sentence, WrittenBy
from assistant.domain.project import Language
from assistant.services import DeskServices
from tui.app import Desk

DeskMaker = Callable[..., Desk]
ENGLISH, CHINESE = "trade-portal", "lanting-wms"
MAIL = (
    "Dear Orla,\n\nthe go-live has moved again and nobody told us. When will the certification be done?\n"
    "Please send a new plan by Monday. \x1b]0;owned\x07\x1b[31mred\x1b[0m [bold]bold[/bold]\n\nHelen"
)


def sentence(number: int, words: str, *evidence: int, origin: Origin = Origin.OFFLINE) -> Sentence:
    return Sentence(f"s{number}", words, evidence, origin)


def add_draft(
    services: DeskServices,
    draft_id: str,
    project: str,
    language: Language,
    sections: tuple[Section, ...],
    *,
    n: int = 1,
) -> Draft:
    """Store a draft that cites the project's first passages of its minutes, checked as any other."""
    card = services.projects.get(project)
    passages = [p for p in services.store.passages(project) if "minutes" in p.path or "纪要" in p.path]
    draft = Draft(
        id=draft_id,
        revision=1,
        project=project,
        kind="note",
        language=language,
        as_of=card.as_of or date(2026, 3, 20),
        subject={"en": "Where certification stands", "zh": "认证进展"}[language],
        sections=sections,
        evidence=tuple(Evidence(i, p) for i, p in enumerate(passages[:n], 1)),
        recipients=card.default_recipients(),
        writer=WrittenBy("offline"),
        created_at=services.clock(),
    )
    services.drafts.add(draft, services.check(draft))
    return draft


def clean_sections() -> tuple[Section, ...]:
    return (
        Section("greeting", (sentence(1, "Dear Ms Aldous,"),), layout="lines"),
        Section("body", (sentence(2, "Thank you for your patience with us."),)),
        Section("closing", (sentence(3, "Kind regards,"),), layout="lines"),
    )


def open_sections() -> tuple[Section, ...]:
    return (
        Section("greeting", (sentence(1, "Dear Ms Aldous,"),), layout="lines"),
        Section(
            "body",
            (
                sentence(2, "Thank you for your patience with us."),
                sentence(3, "The certification costs EUR 48,250 more.", 1),
                sentence(4, "[…: who signs the plan]"),
            ),
            heading="Where we stand",
            layout="list",
        ),
        Section("closing", (sentence(5, "Kind regards,"),), layout="lines"),
    )


def chinese_sections() -> tuple[Section, ...]:
    return (
        Section("greeting", (sentence(1, "顾主任，您好："),), layout="lines"),
        Section(
            "body",
            (
                sentence(2, "谢谢您一直以来的耐心与配合。"),
                sentence(3, "承运商接口的费用增加48250元，原因是对方的沙箱环境（详见会议纪要）到现在还没有开通。", 1),
                sentence(4, "[……：由谁签字确认切换方案]"),
            ),
            heading="目前进展",
        ),
    )


def running(app: Desk, columns: int = 120, lines: int = 40) -> AbstractAsyncContextManager[Pilot[None]]:
    """Run a desk with a pilot at its keys, notices shown."""
    return app.run_test(size=(columns, lines), notifications=True)


def picture(app: Desk) -> str:
    """What stands on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def until(pilot: Pilot[None], true: Callable[[], object], what: str = "") -> None:
    """Wait until something is so; fails with the picture of the screen."""
    for _ in range(400):
        await pilot.pause(0.05)
        if true():
            return
    raise AssertionError(f"never so: {what}\n{picture(cast('Desk', pilot.app))}")


async def see(pilot: Pilot[None], *words: str) -> None:
    """Wait until words stand on the screen."""
    await until(pilot, lambda: all(w in picture(cast("Desk", pilot.app)) for w in words), f"{words} on the screen")


async def open_draft(pilot: Pilot[None], draft_id: str) -> None:
    """From the queue into a draft, with keys."""
    from tui.screens.queue import QueueScreen
    from tui.screens.reading import ReadingScreen

    app = pilot.app
    queue = app.screen
    assert isinstance(queue, QueueScreen)
    await until(pilot, lambda: queue.row_list.item_count() > 0, "rows in the queue")
    await pilot.press("home")
    for _ in range(queue.row_list.item_count()):
        if queue.row_list.key == draft_id:
            break
        await pilot.press("down")
    assert queue.row_list.key == draft_id
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ReadingScreen) and app.screen.excerpts, "the draft is open")
