"""The tone check: blame, defence, phrases from a template, and apologies that are empty or too many."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput
from assistant.checks.reading import ReadSentence, read
from assistant.checks.support import is_fixed
from assistant.domain.finding import Finding, Severity

CHECK = "tone"
CODES = ("blame", "defensive", "empty_apology", "template", "over_apology")


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


_BLAME = _any(
    r"\byou (?:failed|neglected|refused|forgot) to\b",
    r"\byou should have (?!received|expected|deserved)(?:[a-z]{2,12}ed|told|sent|given|done|known|made|come|"
    r"read|said|written|"
    r"thought|kept)\b(?! (?:from|by|through) (?:me|us)\b)",
    r"\byour (?:own )?(?:fault|mistake|negligence|carelessness)\b",
    r"\b(?:because|since|as) you (?:did not|didn't|never|failed|refused|kept|keep)\b",
    r"\b(?:as|like) (?:i|we)(?:'ve| have)? (?:already |repeatedly |clearly )(?:said|told you|explained|stated|"
    r"mentioned|written)\b",
    r"\bas (?:previously|already) (?:stated|explained|mentioned)\b",
    r"\b(?:if you had|had you) (?:only |just )?(?:told|sent|read|given|answered|replied|signed|delivered|listened)\b",
    r"\byou (?:are|were) (?:wrong|mistaken|to blame|responsible for (?:the|this) (?:delay|problem|mess|error))\b",
    r"(?:您|你们?|贵方|贵司)(?:那边)?(?:没有?|未能?|迟迟(?:不|没有?|未)?|不)(?:及时|按时|配合|提前|说清|提供|"
    r"回复|确认)[^，。；]{0,24}"
    r"(?:才|导致|造成|所以|因此)",
    r"(?:因为|由于)(?:您|你们?|贵方|贵司)[^，。；]{0,12}(?:没(?!有|收|看|接|听|问题)|没有(?!收到|看到|得到|接到|"
    r"听到|被|问题)|未(?!收到|被)|迟迟不|拖|失误|错误)",
    r"(?:是|都怪|怪|属于?)(?:您|你们?|贵方|贵司)(?:自己)?(?:的|方)?(?:责任|问题|错|过失|原因)",
    r"(?:您|你们?|贵方|贵司)(?:早)?(?:就)?(?:应该|应当|本该)(?:早|提前|更早)",
    r"(?:我们?)?(?:早就|已经多次|反复|一再)(?:告诉|说|提醒|强调|说明)过?(?:您|你|贵)",
)
_DEFENSIVE = _any(
    r"\b(?:not|never|isn't|wasn't) (?:our|my) (?:fault|responsibility|problem|mistake|job|concern)\b",
    r"\b(?:beyond|outside|out of) our control\b|\bnothing (?:to do with us|we (?:can|could) (?:have )?do(?:ne)?)\b",
    r"\bwith all due respect\b|\bas you (?:surely|certainly|well|should|must) (?:know|be aware|understand)\b",
    r"\bwe (?:did|have done) (?:everything|all|nothing wrong)\b(?! (?:you|on))|\bwe cannot be (?:blamed|"
    r"held responsible)\b",
    r"\byou (?:have to|must|need to) understand that\b",
    r"不(?:是|属于|该算)我[们方]的?(?:责任|问题|错|过失)|与我[们方]无关|怪不(?:得|到)我们|不能怪我们",
    r"我们?(?:也)?(?:已经)?(?:尽力了|无能为力|没有?办法|很无奈)|(?:您|贵方)(?:也)?(?:要|应该|得|必须)(?:理解|"
    r"体谅)我们",
    r"不可能让(?:所有人|每个人)都?满意",
)
_EMPTY_APOLOGY = _any(
    r"\b(?:sorry|apolog\w{2,4}|regret)\b[^.!?]{0,40}\b(?:any|whatever) (?:possible |potential )?"
    r"(?:inconvenience|confusion|trouble|misunderstanding|issues?)\b",
    r"\bsorry (?:if|that) you (?:feel|felt|think|thought|see it|were offended|are upset|are unhappy)\b|"
    r"\bsorry you feel\b",
    r"\bapologi[sz]e if\b|\bif (?:this|that|we) (?:\w{2,10} ){0,3}(?:caused?|upset|"
    r"offended)[^.!?]{0,40}\b(?:sorry|apolog\w{2,4})\b",
    r"(?:如|若|如果|假如|倘若)(?:有|给|让|对)?[^，。；]{0,14}(?:不便|困扰|误会|不适|不快|"
    r"不周)[^。！]{0,16}(?:抱歉|歉|见谅|谅解|包涵|海涵)",
    r"(?:给您|对您|由此|因此)?(?:带来|造成)的?(?:任何|一切)?不便[^。！]{0,8}(?:敬请|请|望|深表|表示|"
    r"我们)?[^。！]{0,6}(?:谅解|见谅|歉意|抱歉|包涵)",
)
_TEMPLATE = _any(
    r"\byour (?:feedback|satisfaction|opinion|business|call) is (?:very |extremely |highly |so )?(?:important|"
    r"valuable|our)\b",
    r"\bvalued (?:customer|client|partner)\b|\bthank you for (?:your|"
    r"the) (?:kind )?(?:patience and understanding|understanding and patience|"
    r"continued (?:support|trust|patience))\b",
    r"\b(?:please )?do not hesitate to\b|\bdon't hesitate to\b|\bi hope (?:this|that) (?:e-?mail|message|"
    r"mail) finds you well\b",
    r"\bwe (?:take|are taking) (?:this|your (?:concerns?|complaints?|feedback)|such matters) (?:very|extremely|"
    r"most) seriously\b",
    r"\b(?:strive|committed|endeavou?r) to (?:provide|deliver|offer|providing|delivering)[^.!?]{0,24}\b(?:best|"
    r"excellent|highest|quality|excellence)\b",
    r"\bat your earliest convenience\b|\bplease be advised\b|\bkindly note\b|"
    r"\brest assured\b",
    r"您的(?:满意|意见|反馈|支持|信任)(?:是|对)我[们司]|(?:感谢|谢谢)您(?:一直以来|一贯|长期以来)的|"
    r"感谢(?:您的)?理解(?:与|和)(?:支持|配合)",
    r"竭诚(?:为您)?服务|一如既往|请您?放心[，。]|引起了?(?:我们|我司|公司)?(?:的)?高度重视|我[们司](?:对此)?高度重视",
    r"(?:力求|致力于|不断)(?:为您)?(?:提供|提升|改进)[^，。；]{0,10}(?:服务|体验|品质)|百忙之中|特此(?:函告|"
    r"告知|说明)",
)
_STRONG = re.compile(
    r"\b(?:deeply|sincerely|truly|terribly|extremely|profoundly|so|very|again|once again|once more)\b|深表|万分|"
    r"非常|十分|再次|诚挚|真诚|由衷",
    re.IGNORECASE,
)
_MANY = 3
_READ: tuple[tuple[str, Severity, re.Pattern[str]], ...] = (
    ("blame", Severity.WARN, _BLAME),
    ("defensive", Severity.WARN, _DEFENSIVE),
    ("empty_apology", Severity.INFO, _EMPTY_APOLOGY),
    ("template", Severity.INFO, _TEMPLATE),
)


def check(given: CheckInput) -> list[Finding]:
    """Report blame and defence (warn), and empty apologies, template phrases and a third apology (info).

    One finding a sentence, the gravest. The playbook's own sentences and quotations of the client are left alone.
    """
    reading = read(given)
    findings: list[Finding] = []
    apologies: list[ReadSentence] = []
    for sentence in reading.sentences:
        if sentence.role in {Role.GREETING, Role.GAP} or is_fixed(given, sentence.text):
            continue
        if sentence.role is Role.APOLOGY:
            apologies.append(sentence)
        found = _first(sentence.text)
        if found is not None and not repeats_client(reading, sentence):
            code, severity, start, end = found
            said = {"said": sentence.text[start:end]}
            findings.append(sentence.finding(CHECK, code, severity, said, span=(start, end)))
    findings.extend(_too_many(apologies))
    return findings


@lru_cache(maxsize=8192)
def _first(text: str) -> tuple[str, Severity, int, int] | None:
    for code, severity, pattern in _READ:
        found = pattern.search(text)
        if found is not None:
            return code, severity, found.start(), found.end()
    return None


def _too_many(apologies: list[ReadSentence]) -> Iterator[Finding]:
    """The third sentence of apology; the second where two are laid on thick."""
    thick = [s for s in apologies if _STRONG.search(s.text)]
    excess = apologies[_MANY - 1] if len(apologies) >= _MANY else thick[1] if len(thick) > 1 else None
    if excess is not None:
        yield excess.finding(CHECK, "over_apology", Severity.INFO, {"number": str(len(apologies))})
