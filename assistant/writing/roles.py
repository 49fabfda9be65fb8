"""What a sentence of a note does for a message, beyond what the language's cue words tell: the shapes of note-taking."""

# ruff: noqa: E501 - patterns stand together by meaning

import re

_NOT_YET = re.compile(
    r"\b(?:not|NOT|never|no)\b(?! only)|\bn['’]t\b|\bto be\b|\bstill\b|\bwaiting\b|\bpending\b|\bhopes?\b|\bwill\b|未|没|不(?!良)|待|将|会(?!议)|计划|争取|预计|等(?!级)",
)
_SIGNS: dict[str, re.Pattern[str]] = {
    "done": re.compile(
        r"\b(?:done|finished|completed?|passed|merged|deployed|fixed|signed|approved|arrived|delivered|received|in place|went live|uploaded|verified|ready|reconciled|enrolled|trained|installed|closed|resolved|fitted|confirmed|accepted|drawn|tested|retested|rolled out|cleared|ok|okay)\b"
        r"|完成|通过|搞定|装完|跑通|跑完|到货|联通|修复|下装|部署|验收过|批了|补印|寄出|已(?!关闭)|改完|查明|查到了|定了|谈妥|[都全已]换|换了|恢复(?!时)|签字|上线了|关闭",
        re.IGNORECASE,
    ),
    "delivered": re.compile(
        r"\b(?:delivered|installed|handed over|deployed|released|rolled out|went live|go(?:es)? live|fitted|uploaded|published|shipped|sent to|in place|back (?:to work|in use)|put into (?:use|service)|commissioned|replaced|migrated|fixed|repaired|trained)\b"
        r"|交付|移交|装完|安装完|上线了|已上线|部署|下装|上测试环境|发布了|已发布|投用|投入使用|修复|已发给|已提交|提交了|寄出|补印|更换|换好|已换|迁移完|培训完|(?<!未)到货",
        re.IGNORECASE,
    ),
    "problem": re.compile(
        r"\b(?:wrong|missing|late|lost|lose|fails?|failed|failing|rejected|overruns?|broken|leaks?|leaking|shortage|stopped|sick|refused|delayed|back order|behind|incomplete|damaged|cannot|can't|unusable|does not|doesn't|not (?:yet )?(?:published|released|ready|available|done|written|in|signed|ok)|only [0-9]+ of)\b"
        r"|驳回|失败|缺(?!陷已)|漏|坏了?的?|超时|过期|不对|对不上|错页|做错|连不上|未反馈|尚未|未联通|没回|误判|超差|漂移|错位|没法用|不能用|用不了|停机|停线|报警|差 ?[0-9]+|退了|撞了|太(?:冷|快|慢|频繁)|来不及|不足|偏差|障碍",
        re.IGNORECASE,
    ),
    "state": re.compile(
        r"\b[0-9][0-9,.]* (?:of|out of) (?:the )?[0-9]|\b[0-9.]+ ?%|\b(?:stays?|remains?|unchanged|on track|on schedule|as planned|at present|currently|so far|still planned|down from|up from)\b"
        r"|[0-9]+ ?项|[0-9.]+ ?%|累计|共计|目前|截至|不变|按计划|正常|其中|剩余|还剩|实测|节拍",
        re.IGNORECASE,
    ),
    "holds": re.compile(
        r"\b(?:stays?|remains?|unchanged|holds|still (?:planned|possible|on)|on track|on schedule|as planned)\b|不变|仍(?:按|为|定)|按(?:原)?计划|如期",
        re.IGNORECASE,
    ),
    "effect": re.compile(
        r"\b(?:slips?|lost [0-9]|costs? (?:us )?[0-9]|depends on|means that|so that|as a result|otherwise|or else|[0-9]+ (?:more |extra |additional )?(?:working )?(?:days?|weeks?) (?:late|more|longer|extra))\b|\+ ?[0-9]+ ?(?:days?|天)"
        r"|影响|顺延|否则|导致|因此|增加|费用|工期|重做 ?[0-9]|需(?:要)? ?[0-9]+ ?(?:至|到|-)? ?[0-9]* ?(?:个)?(?:工作日|天|周)",
        re.IGNORECASE,
    ),
    "feasibility": re.compile(
        r"\b(?:possible|feasible|can be (?:done|used|delivered)|within the offer|included|at most|maximum|max|agreed (?:scope|target))\b"
        r"|可行|可以做|做得到|能做|包含|含在|在合同(?:范围)?内|上限|最多|首批",
        re.IGNORECASE,
    ),
    "limit": re.compile(
        r"\b(?:not in the (?:offer|scope|contract|price|[0-9]+ \w+ date)|out of scope|not (?:included|part of|migrated|covered)|max(?:imum)?|at most|limited to|only (?:until|till|with|if)|provided (?:that)?|subject to|unless|requires?|needs? (?:a|an|the|[0-9]+)|no invoice)\b"
        r"|不在(?:合同|一期|范围)|合同里没有|不含|不包括|只能|仅限|前提|须|必须|最多|底线|不做变更|二期再",
        re.IGNORECASE,
    ),
    "option": re.compile(
        r"\b(?:option|options|alternative|either|plan b|phase (?:2|two)|second (?:site|supplier|step)|extend|\([ab]\))\b|方案|备选|二期|分批|分仓|另一种|延长|或者",
        re.IGNORECASE,
    ),
    "proposal": re.compile(
        r"\b(?:we (?:prefer|propose|suggest|recommend|would)|preferred|our proposal|better to|best option)\b|建议|倾向|推荐|提议|优先(?:做|考虑)",
        re.IGNORECASE,
    ),
    "lesson": re.compile(
        r"\b(?:from now on|in future|next time|lessons?|so that (?:this|it) does not)\b|改进|教训|今后|以后(?:提前|都|要|先)|避免再",
        re.IGNORECASE,
    ),
    "change": re.compile(
        r"\b(?:instead of|moves? (?:from|to)|moved (?:from|to|back)|decoupled|brought forward|put back|postponed|rescheduled|swapped|changed (?:from|to))\b|改[到为成在]|调整[为到]|推迟|提前到|顺延[至到]|→|更换了|增加到|从.{1,12}加到",
        re.IGNORECASE,
    ),
    "need": re.compile(
        r"\bneed(?:s|ed)? (?:by|until|from)\b|\bwaiting for (?:you|your)\b|待(?:您|贵方|客户)", re.IGNORECASE
    ),
    "cause": re.compile(
        r"\b(?:because|due to|since the|owing to|caused by|the reason|cause)\b|原因|因为|由于|所致|查明", re.IGNORECASE
    ),
}
_CHECKED = re.compile(
    r"\b(?:test(?:s|ed)? (?:run|ran|finished|passed)|re-?test(?:ed)?|tested|regression|load run|round [0-9]|cases|passed|inspect(?:ed|ion)|measured|audit(?:ed)?|survey|rehearsal|reconciled|reviewed|verified|checked|calibrated)\b|回归|复测|测试|压测|用例|通过|验收|评审|核对|实测|检测|验证|抽检|校准|演练",
    re.IGNORECASE,
)
_RESULT = re.compile(r"[0-9]")
_AHEAD = re.compile(
    r"\b(?:to be|will|planned|scheduled|starts|waiting)\b|将|计划|待|安排|之?前|不变|定于", re.IGNORECASE
)
_TOPIC_RISK = re.compile(r"\bif\b.{3,80}(?:,|\bthen\b)|^[如若]|如果|如(?:发现|未|不)", re.IGNORECASE)


def signs_of(text: str) -> set[str]:
    """Give the roles that a sentence's shape shows. A finished thing with a doubt in it is none."""
    roles = {role for role, sign in _SIGNS.items() if sign.search(text)}
    if "done" in roles and _NOT_YET.search(text) and "已" not in text:
        roles.discard("done")
    if "delivered" in roles and ((_NOT_YET.search(text) and "已" not in text) or _CHECKED.search(text)):
        roles.discard("delivered")
    if _CHECKED.search(text) and ("done" in roles or _RESULT.search(text)) and not _AHEAD.search(text):
        roles.add("checked")
    if _TOPIC_RISK.search(text):
        roles |= {"risk"}
        roles -= {"done", "delivered", "state"}
    return roles
