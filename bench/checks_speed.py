"""How many sentences a second the checks read, and how long a re-check after one edit takes.

    python bench/checks_speed.py [SENTENCES] [PASSAGES]

Builds a project of invented notes (half English, half Chinese), a draft that cites them, and runs all checks of
tier 1: first with nothing remembered, then again after each of a hundred edits of one sentence. Prints processor
time, which a busy machine does not change.
"""

import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.checks.input import CheckInput, Source
from assistant.checks.run import run_checks
from assistant.domain.draft import Draft, Evidence, Section, Sentence, WrittenBy, text_digest
from assistant.domain.note import NoteKind, Passage
from assistant.domain.project import Client, Contact, Project, Recipient, Sender, Visibility
from assistant.language.facts import extract_facts

PLACES = ("Lowmouth", "Harbury", "Tessel", "Wick", "Orrin", "Dunmere", "Caldbeck", "Farrow", "Penhale", "Skerry")
WORK = (
    "scanner export",
    "price import",
    "order history",
    "label printing",
    "refund screen",
    "login page",
    "stock report",
)
WORK_ZH = ("扫描枪导出", "价格导入", "订单历史", "标签打印", "退款页面", "登录页面", "库存报表")
PROJECT = Project(
    "bench",
    "Bench",
    Client("bench", "Bench Ltd"),
    Sender("Ruth Amadi", "ruth@fieldgate.example"),
    (Contact("Piet Vos", "piet@bench.example"),),
)


def note(i: int, *, internal: bool = False) -> Source:
    day = date(2026, 3, 2) + timedelta(days=i % 120)
    what, zh, place = WORK[i % len(WORK)], WORK_ZH[i % len(WORK_ZH)], PLACES[i % len(PLACES)]
    text = (
        f"The {what} for {place} is done since {day:%d %B %Y}. Round {i % 5 + 1}: {200 + i} cases run, {i % 40} failed."
        "\n"
        f"Agreed with Piet: {what} goes live in {place} on {day + timedelta(days=21):%d %B %Y}, costs £{1000 + 13 * i}."
        if i % 2
        else f"{zh}已于{day.month}月{day.day}日完成，第{i % 5 + 1}轮共 {200 + i} 条用例，未通过 {i % 40} 条。\n"
        f"决定：{zh}上线定在{day.month}月{day.day}日，费用 {1000 + 13 * i} 元，{place} 仓先上。"
    )
    path = f"notes/{'internal/' if internal else ''}{i}.md"
    passage = Passage(
        f"{path}",
        "bench",
        path,
        1,
        2,
        0,
        len(text),
        text,
        text_digest(text),
        dated=day,
        kind=NoteKind.MINUTES,
        visibility=Visibility.INTERNAL if internal else Visibility.CLIENT,
    )
    return Source(passage, extract_facts(text, reference=day, names=PROJECT.people()))


def build(sentences: int, passages: int) -> CheckInput:
    sources = [note(i) for i in range(passages)]
    made = []
    for i in range(sentences):
        source = sources[i % passages]
        parts = source.passage.text.split("\n")
        text = parts[i % 2] if i % 3 else parts[0].replace("2", "3", 1)
        made.append(Sentence(f"s{i}", f"{text} ({i})", (i % passages + 1,)))
    draft = Draft(
        "d",
        1,
        "bench",
        "status",
        "en",
        date(2026, 7, 1),
        "Status",
        (Section("body", tuple(made), layout="lines"),),
        tuple(Evidence(n, s.passage) for n, s in enumerate(sources, start=1)),
        (Recipient("Piet Vos", "piet@bench.example"),),
        WrittenBy("bench"),
        datetime(2026, 7, 1, tzinfo=UTC),
    )
    inside = tuple(note(i, internal=True) for i in range(1000, 1000 + passages // 4))
    return CheckInput(draft, PROJECT, None, dict(enumerate(sources, start=1)), tuple(sources), inside)


def edited(given: CheckInput, n: int) -> CheckInput:
    section = given.draft.sections[0]
    place = n % len(section.sentences)
    changed = replace(section.sentences[place], text=f"{section.sentences[place].text} Edit {n}.")
    sentences = (*section.sentences[:place], changed, *section.sentences[place + 1 :])
    return replace(given, draft=replace(given.draft, sections=(replace(section, sentences=sentences),)))


def main() -> None:
    sentences = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    passages = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    given = build(sentences, passages)
    begin = time.process_time()
    found = run_checks(given)
    cold = time.process_time() - begin
    times = []
    for n in range(100):
        given = edited(given, n)
        begin = time.process_time()
        run_checks(given)
        times.append(time.process_time() - begin)
    times.sort()
    print(f"{sentences} sentences, {passages} passages, {len(found)} findings")
    print(f"cold: {cold:.3f} s, {sentences / cold:.0f} sentences a second")
    print(f"after one edit: median {times[50] * 1000:.1f} ms, 95th percentile {times[95] * 1000:.1f} ms")


if __name__ == "__main__":
    main()
