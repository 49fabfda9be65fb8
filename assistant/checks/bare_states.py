"""A weighty state that no cited source knows: approved, cancelled, put on hold, rejected, signed.

Values are looked for one by one; a state has no value to look for. These few words decide something for the client, so
one of them must stand in a cited source too, in any of its ways of saying and in either language.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.checks.contradiction import NEGATION
from assistant.checks.input import Source

_OPEN = re.compile(
    r"\b(?:if|whether|once|until|unless|when|might|may(?! ?[0-9])|could|would|to be|pending|awaiting|for|"
    r"need\w{0,2})\b|"
    r"如|若|是否|待|等|需|请|可能|一旦|才|后|前",
)
_NEAR = 24  # characters before a state in which a denial or a condition takes it back


@dataclass(frozen=True, slots=True)
class _Weighty:
    """Words of one weighty state, and all by which a source may carry it."""

    said: re.Pattern[str]
    carried: re.Pattern[str]


def _weighty(said: str, carried: str) -> _Weighty:
    return _Weighty(re.compile(said, re.IGNORECASE), re.compile(carried, re.IGNORECASE))


_STATES = (
    _weighty(
        r"\b(?:has|have|had|was|were|is|are) (?:\w{2,10} )?(?:approved|accepted|signed off)\b|"
        r"\b(?:approved|accepted|signed off) by\b|"
        r"已(?:经)?(?:获得?)?(?:批准|审批通过|验收通过|签字确认)|(?:获得?了?|得到了?)批准",
        r"\b(?:approv\w{0,4}|accept\w{0,5}|agree\w{0,5}|sign\w{0,4}|confirm\w{0,2}|go-ahead|green light|grant\w{0,3}|"
        r"decid\w{0,3}|decision|chose\w?|happy with|pass\w{0,3}|ok|okay|endors\w{0,3}|clear(?:ed|ance))\b|"
        r"批准|批复|同意|通过|签|确认|认可|拍板|决定|验收|定稿|放行",
    ),
    _weighty(
        r"\b(?:has|have|had|was|were|is|are) (?:\w{2,10} )?(?:cancell?ed|called off|abandoned)\b|(?:已(?:经)?|被)取消",
        r"\b(?:cancel\w{0,7}|call(?:ed)? off|abandon\w{0,3}|drop(?:ped)?|scrap\w{0,3}|withdr\w{2,4}|stop\w{0,3}|"
        r"no longer|terminat\w{2,3}|fell through|not tak\w{2,3} place)\b|取消|撤|作废|停|不再|终止|放弃|不办",
    ),
    _weighty(
        r"\b(?:is|are|was|were|been|put) on hold\b|\b(?:paused|suspended)\b|已(?:经)?(?:暂停|搁置|中止)",
        r"\b(?:hold|paus\w{0,3}|suspend\w{0,3}|fr[eo]ez\w{0,3}|frozen|stop\w{0,3}|wait\w{0,3}|block\w{0,3}|park\w{0,3}|"
        r"halt\w{0,3}|shelv\w{0,3}|stuck|stand(?:s|ing)? still)\b|暂停|搁置|冻结|停|等|阻塞|受阻|卡|中止|中断",
    ),
    _weighty(
        r"\b(?:was|were|has been|have been|is|are) (?:rejected|refused|declined|turned down)\b|"
        r"\b(?:rejected|refused|declined|turned down) (?:the|our|your|this)\b|(?:已(?:经)?|被)(?:驳回|否决|拒绝)",
        r"\b(?:reject\w{0,4}|refus\w{1,3}|declin\w{1,3}|turn\w{0,3} down|not (?:approv|accept|agree|want)\w{0,3}|"
        r"against|"
        r"veto\w{0,3}|fail\w{0,3}|said no)\b|驳回|否决|拒绝|退回|不同意|没同意|未通过|没通过|不接受|不批|未批|反对",
    ),
)


def unknown_states(text: str, cited: Sequence[Source]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give the words and the characters of weighty states that a claim states plainly and no cited source carries."""
    known = "\n".join(source.passage.text for source in cited)
    for state in _STATES:
        for found in state.said.finditer(text):
            before = text[max(0, found.start() - _NEAR) : found.end()]
            if NEGATION.search(before) or _OPEN.search(before):
                continue
            if not state.carried.search(known):
                yield found[0], found.span()
                break
