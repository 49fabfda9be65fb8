"""Signs that a line is no open task: done, turned down, only supposed, a question, a rule for nobody."""

import re

_I = re.IGNORECASE

DONE = re.compile(
    r"(?<!\bthat )(?<!\bonce )(?<!\bwhen )\b(?:already|has been|have been|was|were|now|got"
    r"|been)\s(?:\w{1,12}\s)?(?:done|finished|completed?|closed|fixed|sent|delivered|resolved|signed|merged|deployed"
    r"|submitted|uploaded|paid|booked|ordered)\b"
    r"|(?:^|[-–—:(\[,;]\s?)(?:done|completed?|closed|finished|resolved|fixed|sent)(?=\s*(?:[)\].,;!]|$|\d|on\b"
    r"|yesterday|today|last|already|-))"
    r"|[✅✔✓☑]|\bticked off\b|\bstatus\s?[:=]\s?(?:done|closed|completed?)\b"
    r"|已(?:经)?(?:完成|做完|办完|办结|提交|发送|发出|发给|交付|解决|关闭|修复|确认|签回|签字|处理|落实|上传|收到"
    r"|搞定|到位|结束|上线|付款|联系|通知|沟通|回复|更新|升级|通过|整理|安装"
    r"|提供|对接|测试)(?!的)|(?:做|弄|写|改|发|办|处理|整理|联调|修)(?:完|好|通)了|搞定了?|(?:完成|解决|提交|发出去"
    r"|修复|签字|处理)了(?![吗没])"
    r"|(?:现)?已(?:交接|结清|归还|缴纳|递交|报送|印发|下发|启用|竣工|验收)|已收悉"
    r"|[-–—:：]\s?(?:received|arrived|paid|收到)\b"
    r"|已经(?:停|关|撤|删|改|换|搬|拆|卖|退|到货|开通|启用|废)"
    r"|[:：(（\-—–，,]\s?(?:已完成|完成|已办结|已关闭)\s?(?:[)）。，,]|$)|上次已",
    _I,
)
REJECTED = re.compile(
    r"\b(?:rejected|dropped|cancell?ed|scrapped|abandoned|withdrawn|parked|shelved|no longer (?:needed|required"
    r"|necessary|applies|relevant)|not (?:needed|required|necessary) any ?more|not going ahead|decided against"
    r"|decided not to|agreed not to|turned down|won't do|will not do|not doing|not to be|out of scope|ruled out"
    r"|voted down|off the table|superseded|called off|never ?mind|on hold)\b"
    r"|\b(?:scrap|forget|drop|skip|cancel)\s(?:that|it|this)\b"
    r"|不做|不再(?:需要|做|进行|安排|跟进)|(?:[，,—–:：；;（(-]\s?|已|都|先|决定|同意|就|被|予以|议题|任务"
    r"|该项)(?:取消|终止|放弃|撤销|作废|搁置)|(?:取消|终止|放弃|撤销|作废"
    r"|搁置)(?:了|\W{0,3}$)|否决|暂缓|(?:先)?(?:放一放|缓一缓|放着)|先放放|暂不|先不|不用(?:做|了|再|管)|无需|不需要|不必|没必要|算了|驳回|不采纳|不考虑"
    r"|不予",
    _I,
)
NEGATED = re.compile(
    r"\b(?:will not|won't|wont|cannot|can't|cant|shall not|must not|mustn't|should not|shouldn't|do not|don't|dont"
    r"|does not|doesn't|never|not to|isn't going to|not going to|needn't|need not)\b(?! (?:forget|hesitate|miss))"
    r"|(?:不要|别(?!人|的)|(?<!会)不会|(?<!能)不能|不可以|不得|禁止|请勿|切勿|不许|没有?(?:人|空|时间)|未能|不应|不该"
    r"|不宜|不便)(?!忘)",
    _I,
)
SUPPOSED = re.compile(
    r"^(?:\W{0,3}(?:and|but|so|then|also)\s)?(?:if|in case|should (?:we|they|the|it|you)\b(?!.{0,80}\?)|were we"
    r"|supposing|suppose|assuming|unless|what if|provided)\b"
    r"|\bif (?:it|we|they|he|she|the|this|that|you|i|there|nobody|anyone|anything|all|\w{2,15})\b"
    r"|\b(?:in theory|hypothetically|in an ideal world|would be nice|one option|option (?:is|would))\b"
    r"|如果|假如|假设|要是|万一|倘若|若(?!干)|的话|理论上|本来想|想过|考虑过|可以考虑|建议考虑|再说",
    _I,
)
HEDGED = re.compile(
    r"\b(?:would|might|could (?:also |maybe |perhaps |always |then )?(?:be|have|do|use|try|consider|add|offer|look"
    r"|move|ask|send|make|put|just|probably)|may (?:want|need|be|have to|also)|maybe|perhaps|possibly|ideally"
    r"|would like|wish|hopefully|hope to|hoping)\b"
    r"|也许|或许|说不定|可能(?:会|要|得)?|大概|没准|希望能|争取|最好能|再看|看情况|要不(?!然)",
    _I,
)
CONDITION_ONLY = re.compile(
    r"\b(?:would|could|might) you\b|\b(?:agreed|decided|promised|confirmed"
    r"|undertook)(?: that)? [^.;]{1,120}?\bwould\b|\b(?:if|whether|wherever"
    r"|if (?:possible|needed|necessary|required|any))\s(?:possible|needed|necessary|required|any|applicable)\b"
    r"|\bif (?:you (?:like|want|wish"
    r"|don't mind|prefer)|that(?:'s| is) (?:ok|okay|fine|all right|alright)|that helps|i can|i may)\b|(?:可以|行"
    r"|方便)的话|如有"
    r"|如需"
    r"|必要时|是否|若有",
    _I,
)
QUESTION = re.compile(r"[?？]\s*$")
PAST_ZH = re.compile(r"(?:了|过)[。，,；;]?\s*$")
STATUS_CLOSED = re.compile(
    r"\s*(?:done|complete|completed|closed|finished|resolved|cancelled|canceled|rejected|dropped|withdrawn|superseded"
    r"|n/?a|void"
    r"|won't do"
    r"|100 ?%|✅|✔|✓|x|yes"
    r"|已?完成|已关闭|关闭|已取消|取消|作废|不做|已解决|已办结|办结|终止)\W{0,3}(?:[(（\d].{0,30})?",
    _I,
)
STRUCK = re.compile(r"~~[^~\n]{1,400}~~")


def is_closed(text: str) -> bool:
    """Tell whether a listed line says that it is done, turned down or struck through."""
    return bool(
        DONE.search(text) or REJECTED.search(text) or (STRUCK.search(text) and not STRUCK.sub("", text).strip(" .-"))
    )


def is_supposed(text: str, clause: str | None = None) -> bool:
    """Tell whether a running sentence only supposes something; "if possible" and "whether" do not count.

    A condition counts wherever it stands in the sentence, a hedge (maybe, 争取) only in the `clause` it is about.
    """
    if SUPPOSED.search(CONDITION_ONLY.sub(" ", text)):
        return True
    return HEDGED.search(CONDITION_ONLY.sub(" ", text if clause is None else clause)) is not None
