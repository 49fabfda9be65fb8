"""What the shape of a note's sentence shows it to be: delivered, checked, not yet done, a risk, a lesson."""

import pytest

from assistant.writing.roles import signs_of


@pytest.mark.parametrize(
    ("text", "shown", "not_shown"),
    [
        ("Invoice module deployed to staging", {"done", "delivered"}, {"checked"}),
        ("Regression finished: 40 cases, 38 passed", {"done", "checked"}, {"delivered"}),
        ("The pumps will be installed next week", set(), {"done", "delivered"}),
        ("Pumps not yet delivered", set(), {"done", "delivered"}),
        ("If the pumps arrive late, the fitting is delayed", {"risk"}, {"done", "delivered", "state"}),
        ("From now on every driver signs the site rules", {"lesson"}, {"done"}),
        ("Handover moves from 29 May to 5 June because the floor is late", {"change", "cause"}, set()),
        ("第一批网关已装完", {"done", "delivered"}, {"checked"}),
        ("第一轮回归跑完，通过 241 条", {"done", "checked"}, {"delivered"}),
        ("第二批网关未到货", set(), {"done", "delivered"}),
        ("滤网全换，3台都换了", {"done"}, {"problem"}),
        ("如果膜组件晚到，通水顺延", {"risk"}, {"done", "state"}),
        ("报表不在合同范围内", {"limit"}, {"done"}),
    ],
)
def test_a_sentence_shows_what_it_does(text: str, shown: set[str], not_shown: set[str]) -> None:
    signs = signs_of(text)
    assert shown <= signs
    assert not signs & not_shown
