"""Words by which a person keeps one line of a note inside: a label before it, or "don't tell the client" within it.

People do not open a section for one remark. What they mark in passing is as internal as what stands under a heading
`Internal`; where the words could be read both ways, they keep the line inside, as that mistake can be taken back.
"""

import re

_MARKS = r"[\s>*_~`#\-+•·–—▪◦‣●○■□➢🔒⚠️]{0,12}(?:[0-9]{1,3}[.)、]\s*|\[[ xX]\]\s*)?"
_SPEAKER = r"(?:[^\s:：,，。]{1,12}(?: [A-Z][\w.'’-]{0,15})?\s*[:：]\s*)?"
_NAMES = (
    r"internal(?:ly)?(?: only| notes?| use only)?|for internal use(?: only)?|(?:for )?(?:the )?(?:team|us) only"
    r"|(?:仅限?|对)?内部(?:使用|可见|资料|备注|信息|消息|讨论|说明|提醒|掌握)?|对内"
)
_LABEL = re.compile(
    rf"{_MARKS}{_SPEAKER}[【\[(（*_]{{0,3}}(?:{_NAMES})[】\])）*_]{{0,3}}\s*(?:[:：]|(?<=[】\])）*_])|\s[-–—]+\s)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"[【\[(（]\s*(?:{_NAMES})\s*[】\])）]", re.IGNORECASE)
_CLIENT = r"(?:(?:the|our|this|any) )?(?:client|customer)s?\b"
_UNTOLD = re.compile(
    r"\b(?:do not|don['’]?t|must not|mustn['’]?t|should not|shouldn['’]?t|never|not to|please not)\s+(?:yet\s+)?"
    r"(?:tell|inform|let|mention|share|show|say|forward|disclose|pass|raise|discuss|reveal)\b"
    rf"[^.!?\n]{{0,40}}?(?:\b(?:to|with)\s+{_CLIENT}|(?<=tell )\s*{_CLIENT}"
    rf"|(?<=inform )\s*{_CLIENT}|(?<=let )\s*{_CLIENT} know)"
    rf"|\bnot\s+(?:yet\s+)?(?:for|to be shared with|to be told to|to share with)\s+{_CLIENT}"
    rf"|\b(?:keep|hide|hold back)\b[^.!?\n]{{0,30}}?\bfrom\s+{_CLIENT}"
    rf"|{_CLIENT}\s+(?:must not|mustn['’]t|should not|shouldn['’]t|cannot)\s+(?:know|see|hear|learn|find out)"
    r"|\boff the record\b|\b(?:just )?between (?:us|you and me)\b"
    r"|\b(?:keep (?:this|that|it)|stays?) (?:internal|inside the team)\b"
    r"|\b(?:for )?internal use only\b",
    re.IGNORECASE,
)
_UNTOLD_ZH = re.compile(
    r"(?:别|不要|不能|不可|不得|先不|暂不|暂时不|请勿|切勿|勿|莫)[^，。；！？忘\n]{0,4}"
    r"(?:(?:跟|对|向|和|同|给)[^，。；！？\n]{0,3}(?:客户|甲方|业主|对方)[^，。；！？的\n]{0,4}(?:说|讲|提|透露|看|发|公开)"
    r"|(?:告诉|告知|通知|透露给|发给|转给|抄送)[^，。；！？\n]{0,3}(?:客户|甲方|业主|对方)"
    r"|让[^，。；！？\n]{0,3}(?:客户|甲方|业主|对方)[^，。；！？\n]{0,2}(?:知道|看到|听到|发现)"
    r"|外传|外泄|对外(?:说|讲|提|透露|公开|发|宣))"
    r"|(?:客户|甲方|业主)(?:那边)?(?:还)?(?:不能|不可以|不得|不应该?)(?:知道|看到)"
    r"|对(?:客户|甲方|业主|外)保密|瞒着(?:客户|甲方|业主)|(?:仅限|仅供|只限|只在)内部|内部(?:知悉|掌握)(?:即可|就好|就行)|不外传|不对外(?!开放)"
)


def kept_inside(words: str) -> bool:
    """Whether a line, item or paragraph says of itself that it is not for the client."""
    return (
        _LABEL.match(words) is not None
        or _BRACKETED.search(words) is not None
        or _UNTOLD.search(words) is not None
        or _UNTOLD_ZH.search(words) is not None
    )
