"""Official Chinese prose, attendance lists, offers, and what stands in brackets: who is given what, and by when."""

from datetime import date

import pytest

from assistant.action_items import extract_action_items, read_meeting

DAY = date(2026, 4, 14)  # a Tuesday


def rows(note: str) -> list[tuple[str, str | None, str | None]]:
    found = extract_action_items(note, dated=DAY)
    for item in found:
        assert note[item.start : item.end] == item.quote
    return [(i.task, i.owner, i.due.isoformat() if i.due else None) for i in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("由后勤处于5月3日前书面通知施工单位。", ("书面通知施工单位", "后勤处", "2026-05-03")),
        ("会议要求施工方倒排工期，务必在5月25日前完工。", ("倒排工期，务必完工", "施工方", "2026-05-25")),
        ("责成物业公司立即整改消防通道堵塞问题。", ("整改消防通道堵塞问题", "物业公司", None)),
        ("请财政局许敏于下周三前提出审核意见。", ("提出审核意见", "许敏", "2026-04-22")),
        ("请总务处李红梅同志做好与消防大队的对接。", ("做好与消防大队的对接", "李红梅", None)),
        ("教务处须在4月30日前公布考场安排。", ("公布考场安排", "教务处", "2026-04-30")),
        (
            "由市场部牵头，销售部配合，于5月10日前拿出促销方案。",
            ("牵头，销售部配合，拿出促销方案", "市场部", "2026-05-10"),
        ),
        ("宣传方案改由管委会办公室起草。", ("起草宣传方案", "管委会办公室", None)),
    ],
)
def test_a_meeting_gives_a_unit_or_a_person_a_task(words: str, expected: tuple[str, str | None, str | None]) -> None:
    assert rows(words) == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "会议强调，各单位要提高认识，加强配合，切实抓好落实。",
        "会议听取了信息中心关于系统升级情况的汇报。",
        "此前由大数据中心垫付的测试费用已结清。",
        "工程部汇报了施工进度，财务处已于3月底拨付首付款。",
        "原定由城管局负责的宣传方案仍未启动。",
    ],
)
def test_exhortations_reports_and_what_was_are_no_tasks(words: str) -> None:
    assert rows(words) == []


def test_initials_that_the_attendance_list_explains_are_that_person() -> None:
    note = (
        "Attendees: Marta Lindqvist (ML, chair), Oliver Grant (OG), Cllr J. Bright (JB)\n\n"
        "OG to book the hall by Friday. ML asked JB to write to the council."
    )
    assert rows(note) == [
        ("Book the hall", "Oliver Grant", "2026-04-17"),
        ("Write to the council", "J. Bright", None),
    ]


def test_a_unit_or_post_before_a_name_in_the_attendance_list_is_no_part_of_it() -> None:
    note = "参加人员：城管局陈立群、志愿者队长白梅、中标单位畅泊科技公司项目经理吕航\n\n"
    note += "白梅负责招募志愿者。畅泊科技公司务必于5月1日前完成安装。"
    assert rows(note) == [("招募志愿者", "白梅", None), ("完成安装", "畅泊科技公司", "2026-05-01")]


def test_a_given_name_in_talk_is_the_speaker_of_that_name() -> None:
    note = "韩露: 开始吧。\n赵一鸣: 好。\n韩露: 一鸣你周四之前把招募文案改一版。\n赵一鸣: 可以。\n"
    assert rows(note) == [("把招募文案改一版", "赵一鸣", "2026-04-16")]


def test_an_offer_is_a_task_only_when_somebody_takes_it_up() -> None:
    talk = "Ana: Hello.\nTom: Hi.\nAna: I could mock something up, I suppose.\nTom: {}\nAna: Fine.\n"
    assert rows(talk.format("Please do.")) == [("Mock something up", "Ana", None)]
    assert rows(talk.format("No, leave it for now.")) == []


def test_another_case_behind_a_promise_does_not_take_it_back() -> None:
    talk = "Ana: Hello.\nTom: Hi.\nAna: News?\nTom: I'll chase them today, and if we don't hear back we might slip.\n"
    assert rows(talk) == [("Chase them", "Tom", "2026-04-14")]


def test_the_day_that_somebody_shall_ask_about_is_no_due_date() -> None:
    talk = "孙姐：开始。\n小何：好。\n孙姐：小何你去问问他们二十五号晚上有没有包场。\n小何：好。\n"
    assert [due for _, _, due in rows(talk)] == [None]


def test_a_remark_that_closes_a_row_counts_where_the_table_has_no_status() -> None:
    note = "| Action | Owner | Due | Comment |\n|---|---|---|---|\n"
    note += "| Measure the dock | Jo | 1 May | Complete |\n| Hire a van | Jo | 2 May | two quotes |\n"
    assert rows(note) == [("Hire a van", "Jo", "2026-05-02")]


def test_arrows_and_mentions_give_each_part_its_owner() -> None:
    note = "站会\n\n- 文案，@文静 周一前给 → 给到后 @小鹿 替换\n- 深色模式：不做了\n"
    assert [(owner, due) for _, owner, due in rows(note)] == [("文静", "2026-04-20"), ("小鹿", None)]


def test_days_among_chinese_words_have_the_month_first() -> None:
    assert rows("- 汪婷 to prepare the test cases by 5/6\n") == [("Prepare the test cases", "汪婷", "2026-05-06")]


def test_the_task_that_stands_before_do_so_instead() -> None:
    note = "Present: Ann Lee, Sam Roe\n\nAnn was going to draft the notice, but Sam will do so instead by Friday."
    assert rows(note) == [("Draft the notice", "Sam", "2026-04-17")]


def test_a_question_that_the_next_speaker_answers_is_not_open() -> None:
    talk = "Ana: Hello.\nTom: Hi.\nAna: Should we also give them dark mode?\nTom: {}\nAna: Right.\n"
    assert read_meeting(talk.format("No, that is not for the pilot."), dated=DAY).questions == ()
    left = read_meeting(talk.format("No idea, honestly."), dated=DAY).questions
    assert [one.text for one in left] == ["Should we also give them dark mode?"]


def test_headings_without_marks_are_topics_and_who_met_is_none() -> None:
    note = (
        "Client call, 14 April 2026\nOn the call: Ines, Farid\n\n"
        "Appointments page\nInes likes the new calendar very much.\n\n"
        "Text reminders\nThey cost 4p each, says Farid.\n"
    )
    assert [topic.title for topic in read_meeting(note, dated=DAY).topics] == ["Appointments page", "Text reminders"]
