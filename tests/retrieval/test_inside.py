"""Lines that a person marks in passing as not for the client, and lines that only sound like it."""

import pytest

from assistant.retrieval.inside import kept_inside

INSIDE = (
    "- Internal: margin only 8%",
    "(internal) boss wants to drop Zhang",
    "[Internal] we underpriced this",
    "**Internal:** cost overrun",
    "Internal - cost overrun",
    "3. 内部：毛利只剩 8%，别跟客户说",
    "【内部】供应商报价 12 万",
    "林越：内部：这周没人手",
    "Supplier went bust (internal only)",
    "We lost two days because Ben was ill, don't tell the client.",
    "Please do not share this with the customer yet.",
    "Do not mention the overrun to the client.",
    "Don't let the client know before Friday",
    "Not for the client: the fix was luck",
    "Keep this from the client for now.",
    "The client must not know about the second outage.",
    "off the record, the vendor is broke",
    "between us, the plan will not hold",
    "其实是我们漏测了，先不要告诉客户",
    "这个先别跟甲方提",
    "不能让客户知道",
    "成本对客户保密",
    "价格不外传",
    "仅限内部：人员调整",
    "暂时不对外公开",
)
TOLD = (
    "Internal testing: done on 3 March",
    "Internal review is on Tuesday",
    "The internal audit found nothing.",
    "内部测试：3月3日完成",
    "内部培训已完成",
    "Don't forget to tell the client the date.",
    "Do not ship without the client's approval.",
    "The client may not see the new price until login works in the portal",
    "We told the client on Friday.",
    "Tell the client about the delay.",
    "不要忘记告诉客户日期",
    "别忘了跟客户说一声",
    "客户说不要告诉他们的供应商",
    "Not for use with the old client software",
    "请不要给客户的服务器发请求",
    "店铺暂不对外开放",
    "对接内部系统：已完成",
    "Do not let the client software update itself.",
    "不用再给客户看了，周敏已确认",
)


@pytest.mark.parametrize("words", INSIDE)
def test_a_line_that_says_so_is_kept_inside(words: str) -> None:
    assert kept_inside(words)


@pytest.mark.parametrize("words", TOLD)
def test_a_line_that_only_sounds_like_it_is_not(words: str) -> None:
    assert not kept_inside(words)
