"""Speech written down ("Name: words"): which sentences of it tell the client something, whole and in their own words.

Talk is never put into our words. Out of it come only sentences that state a decision, a finished thing, a problem, a
next step or an open question by themselves; everything that leans on what was said around it stays talk.
"""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.checks.hidden_orders import find_orders
from assistant.checks.words import subject_words
from assistant.domain.note import Passage
from assistant.language.detect import has_cjk
from assistant.language.sentences import split_sentences
from assistant.writing.discretion import is_private

_SPEAKER = re.compile(r"^\s*(?:[-*]\s+)?(?:[A-Z][\w .'’-]{0,30}|[\u4e00-\u9fff]{1,6}[0-9]{0,3})\s*[:\uff1a]\s*")
_TALK = re.compile(
    r"\b(?:I|you|yeah|okay|um|uh|we|well|so|my|me|it's|that's)\b|我|你|咱|大家|对吧|就是|然后|嗯|呃|是吧", re.IGNORECASE
)
_SOUNDS = re.compile(
    r"\{(?:vocalsound|pause|comment|noise|laugh\w*)\}|(?<![\w'’-])(?:um|uh|er|erm|mm|mhm|hmm)(?![\w'’-])\s*[,.]?\s*"
    r"|(?<=[,.]) *you know *,|[嗯呃哦][,\uff0c。]?",
    re.IGNORECASE,
)
_STUTTER = re.compile(r"\b(we|the|a|an|to|of|in|and|is|they|it|our)(?:\s*,?\s+\1\b)+", re.IGNORECASE)
_RUN_UP = re.compile(
    r"^(?:(?:so|and|okay|ok|alright|yeah|furthermore|also|所以|然后|那么)(?=\W|[\u4e00-\u9fff])[\s,.\uff0c]*"
    r"|(?:well|yes|no|right|now|then|also|but|first|firstly|secondly|对|好的?|那|就是)\s*[,.\uff0c]\s*){1,6}",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\s+(?=[,.;:?!]|['’](?:s|ll|re|ve|d|m|t)\b|n['’]t\b)")

_THINKING_ALOUD = re.compile(
    r"[{}_\[\]…\uff1a]|\.\.\.|--|\b(?:yeah|okay|ok|i mean|kind of|sort of|basically|gonna|wanna|whatever|like|or something|stuff|thing|things"
    r"|i guess|sorry|hello|thank|thanks|please|laugh\w*|joke|joking|kidding|haha|lol|of course|obviously|right)\b"
    r"|(?<![\w.'’])[b-hj-z](?![\w.'’])|\b(\w+) \1\b",
    re.IGNORECASE,
)
_THINKING_ALOUD_ZH = re.compile(
    r"对吧|是吧|什么的|怎么说|我觉得|来讲|哈哈|玩笑|谢谢|感谢|掌声|欢迎|有请|嘉宾|吧[。\uff0c]?$|呢|嘛|啊|哎|诶|okay|ok"
)
_FILLERS_ZH = re.compile(r"就是|然后|这个|那个|其实|那时候|说我们|可能就|的话|对，|一个")
_PERSONS = re.compile(
    r"\b(?:I|I'm|I'll|I've|me|my|mine|you|your|yours|he|she|him|her|his|hers|let's|guys|chair)\b|我(?!们|方|司)|你|您|咱|他(?!们)|她|总[,\uff0c]|老师",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^(?:it|its|that|this|these|those|(?:(?:first|then|finally|now|also)\s*)?(?:they|he|she|it)|then|first|no|none|nothing|nobody|neither|hardly|there(?!\s+(?:is|are|was|were|has|have)\b)|what|which|who|when|how|why|where|because|since|if|unless|or|but|although|though|whether|as|not"
    r"|这|那|它|他们|其|如何|为什么|怎么|什么|因为|如果|但|不过|而|或者|因此|从而|对此|除非|虽然|也|还是|以及)"
    r"(?:\b|(?=[\u4e00-\u9fff]))"
    r"|\b(?:it|this|that|these|those|them|one|ones|so|there|here)(?=\s*(?:[.,;:!]|$|now\b|(?:is|was|are|were|isn't|will|would|can|has|had|may|might|could|works?|means?)\b|['’]))",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"\b(?:right now|today|tonight|tomorrow|yesterday|(?:this|last|next|previous) (?:meeting|session|week|month|item)|minutes?|half an hour|agenda|slides?|whiteboard|apolog\w+|petition|motion|question is (?:from|for|to|with)|translation|prime minister|question)\b|^at the end\b"
    r"|本次会议|今天|明天|昨天|刚才|环节|下周|本周|议程|幻灯|各位|圆桌|议题|提问|主持|观众|台上",
    re.IGNORECASE,
)
_CONDITIONED = re.compile(
    r"^(?:unless|if|but|except|only|provided|although|though|however|or|until|assuming|除非|如果|但|不过|可是|只要|前提|只有|或者)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:no|nope|not|wait|hold on|but|actually|i don['’ ]?t|i disagree|are you sure|really|unless|不对|不是|没有|不行|等等|但|可是|不一定|除非)(?![a-z])",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:if|unless|whether|perhaps|maybe|probably|would|could|should|might|assuming|suppose|imagine|hypothetical\w*|guess|hope)\b|如果|假如|要是|假设|也许|大概|应该|比如|例如|可能",
    re.IGNORECASE,
)

_WHO = r"(?:we|the (?:\w+ ){0,2}(?:team|committee|board|group|council|department|supplier|vendor|management)|everyone|both (?:sides|parties))"
_HAVE = r"(?:['’](?:ve|s)| have| has| had)?(?: also| all| now| already| just| both)*"
_FINISHED_EN = r"(?:finished|completed|delivered|deployed|installed|launched|released|published|approved|signed|tested|fixed|repaired|recorded|transcribed|handed over|rolled out|commissioned|hired|ordered)"
_SORTS: dict[str, re.Pattern[str]] = {
    "decision": re.compile(
        rf"^{_WHO}{_HAVE} (?:decided|agreed|chose|chosen|opted|settled on|resolved|voted)\b"
        r"|\b(?:it|\w+) (?:was|has been|have been|were) (?:decided|agreed|approved)\b"
        r"|^(?:the|our) (?:final )?decision (?:is|was)\b|^we(?:['’]re| are)(?: not)? (?:going with|going to (?:use|go with|include|drop))\b"
        r"|^we(?: will|['’]ll)(?: not)? (?:omit|use|include|keep(?! \w+ing)|drop|leave out|go for|go with|add|replace|remove|postpone)\b|^(?:(?:the|our) [\w' -]{3,40}|we) must(?: not)? (?:be )?(?:used?|kept?|included?|changed?|ready|delivered?)\b"
        r"|^(?:我们|双方|项目组|公司|团队)[^，。没未不无]{0,6}(?:决定|商定|议定|通过了|确定了|敲定)(?!性|权|因素|于)",
        re.IGNORECASE,
    ),
    "done": re.compile(
        rf"^(?:{_WHO}|the [\w' -]{{3,40}}|[A-Z][\w' -]{{2,40}})(?:['’]ve| have| has)(?: also| all| now| already| just)* (?:(?:been )?{_FINISHED_EN}|started)\b"
        r"|^(?:we|the (?:\w+ ){0,2}team) (?:also )?(?:did|ran|held|carried out|conducted|finished|completed|tested|built|delivered|sent|started) (?:a|an|the|our|all)\b"
        rf"|^the [\w' -]{{3,40}} (?:was|were) {_FINISHED_EN}\b"
        r"|(?:我们|公司|团队|项目组|平台|系统|产品)[^，。没未不无]{0,12}已经?[^，。没未不无]{0,12}(?:完成|上线|交付|发布|建成|通过|签署|启动|投产|验收|落地)"
        r"|^(?:我们|公司|团队|项目组)[^，。没未不无]{0,10}(?:建立了|推出了|建成了|成立了|上线了|完成了|交付了|签署了|开发了)",
        re.IGNORECASE,
    ),
    "problem": re.compile(
        r"^(?:the|our|one|another|a) (?:(?:main|big|biggest|only|real|serious|major|current|first|second|remaining) )?(?:problem|issue|difficulty|drawback|bottleneck|obstacle|delay)s?"
        r"(?: (?:with|of|in|for) [\w' -]{2,40})?(?: here)? (?:is|was|are|were|relates|comes)\b"
        r"|^(?:the|our) [\w' -]{3,40} (?:is|are) (?:still )?a (?:big |real |serious )?problem\b"
        r"|^there (?:is|are|was|were) (?:still )?(?:a|an|some|several|two|three) (?:\w+ )?(?:problem|issue|difficulty|delay|shortage|bottleneck)s?\b"
        r"|^(?:we|the [\w' -]{3,40}) (?:have|has) (?:still )?(?:a|an|some|several) (?:\w+ ){0,2}(?:problem|difficulty|delay|shortage)s?\b"
        r"|^(?:the|our) [\w' -]{3,40} (?:is|are) (?:too (?:expensive|slow|late|costly)|over budget|behind schedule|delayed|late|not working|broken)\b"
        r"|(?:主要|最大|目前|现在|面临)[^，。]{0,8}(?:问题|困难|难点|瓶颈|障碍|挑战)[^，。]{0,4}(?:是|在于)|^(?:我们|项目|系统|产品|平台)[^，。]{0,10}(?:缺少|缺乏|不足|来不及|延期|推迟)",
        re.IGNORECASE,
    ),
    "next": re.compile(
        r"\b(?:the|our) next steps? (?:is|are|will)\b"
        rf"|^(?:{_WHO}|the [\w' -]{{3,40}}|[A-Z][\w' -]{{2,40}}) (?:will|is going to|are going to) (?:\w+ly )?(?:deliver|prepare|send|finish|complete|publish|launch|design|test|report|install|produce|work on|look into|build)\b"
        rf"|\bwill be (?:{_FINISHED_EN}|ready|sent|available) (?:by|on|in|before|at|from)\b"
        r"|(?:下一步|接下来)[^。]{0,12}(?:将|会(?!议)|(?<![重需主])要|计划)|^(?:我们|公司|项目|平台)[^，。]{0,6}(?:计划|预计|将)在?[^，。]{0,12}(?:年|月|日|季度|之前|底)",
        re.IGNORECASE,
    ),
    "open": re.compile(
        rf"^{_WHO} (?:still |yet )?(?:have|has|need|needs) (?:still |yet )?to (?:decide|find out|clarify|check|settle|agree on)\b"
        r"|\b(?:is|are|has|have) (?:still )?not (?:yet )?(?:been )?(?:decided|settled|agreed|clear)\b|\b(?:questions?|points?|issues?|matters?) (?:\w+ )?(?:remains?|is|are) (?:still )?open\b"
        r"|(?:还|尚)(?:没有?|未)[^，。]{0,4}(?:确定|决定|明确|解决|定下来)|需要(?:进一步|再)[^，。]{0,6}(?:确认|明确|讨论|研究)|有待",
        re.IGNORECASE,
    ),
}
_CLAUSE_END = re.compile(r"\s*,\s*(?:so|and|which|because|['’]?cause|since)\b|[\uff0c]")
_TAKES_BACK = re.compile(
    r"\b(?:no|not|never|but|except|only|unless|if|until|although|though|however|or|once|when|while|without|would|could|might|may|maybe|perhaps)\b|n['’]t\b"
    r"|不|没|未|但|除非|除了|如果|只|或|也许|可能|等|之后|以后|才|前提",
    re.IGNORECASE,
)
_ROLES = {"decision": "decision", "done": "done", "problem": "problem", "next": "next", "open": "problem"}
_NO_TROUBLE = re.compile(
    r"\b(?:not|no|never|without)\b[^,.]{0,20}\b(?:problem|issue)|没有?(?:什么)?问题|不是问题", re.IGNORECASE
)
_FEW_TURNS = 3
_LEAST_WORDS = {"en": 3, "zh": 5}
_LENGTH = {"en": (6, 34), "zh": (12, 70)}


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of talk that may be quoted: its words, cleared of sounds alone, and the playbook role it has."""

    words: str
    role: str


def is_transcript(passage: Passage) -> bool:
    """Whether a passage is speech written down: most of its lines begin with who speaks, and then speak at length."""
    lines = [line for line in passage.text.split("\n") if line.strip() and not line.startswith("#")]
    tagged = [line for line in lines if _SPEAKER.match(line)]
    talk = [line for line in tagged if _TALK.search(line)]
    return len(tagged) * 10 >= len(lines) * 6 and len(talk) * 2 >= len(tagged) > 0


def transcripts(passages: Iterable[Passage]) -> frozenset[str]:
    """Find the notes, by path, that are speech written down: a good part of their passages reads like it."""
    by_note: dict[str, list[bool]] = {}
    speakers: dict[str, list[str]] = {}
    for passage in passages:
        by_note.setdefault(passage.path, []).append(is_transcript(passage))
        tags = (_SPEAKER.match(line) for line in passage.text.split("\n"))
        speakers.setdefault(passage.path, []).extend(tag[0].strip() for tag in tags if tag)
    return frozenset(
        path for path, signs in by_note.items() if sum(signs) * 10 >= len(signs) * 4 and _takes_turns(speakers[path])
    )


def _takes_turns(tags: list[str]) -> bool:
    """Whether somebody speaks again: matters named in front of paragraphs come once each."""
    return len(tags) < _FEW_TURNS or len(set(tags)) < len(tags)


def tells(passage: Passage) -> bool:
    """Whether some turn of a passage of speech may be quoted."""
    turns = [turn for turn in passage.text.split("\n") if turn.strip() and not turn.startswith("#")]
    return any(any(tellings(turn, answer)) for turn, answer in zip(turns, [*turns[1:], ""], strict=True))


def tellings(turn: str, answer: str) -> Iterator[Telling]:
    """Give what a turn tells by itself. `answer` is what follows it: what it takes back or qualifies is not told."""
    if _DENIED.match(_SOUNDS.sub(" ", _SPEAKER.sub("", answer)).strip()):
        return
    spoken = [span.text for span in split_sentences(_SPEAKER.sub("", turn))]
    for place, sentence in enumerate(spoken):
        following = spoken[place + 1] if place + 1 < len(spoken) else ""
        words = _cleared(sentence)
        sort = _sort_of(words)
        if sort and not any(_CONDITIONED.match(text) for text in (following, _cleared(following))):
            whole = words if _stands_alone(words, sort) else _first_clause(words, sort)
            if whole:
                yield Telling(whole, _ROLES[sort])


def answer_to(turn: str, passage: Passage) -> str:
    """Find what follows a turn in its passage; empty at the end."""
    before, found, after = " ".join(passage.text.split()).partition(turn)
    del before
    return after.strip()[:200] if found else ""


def _cleared(sentence: str) -> str:
    """Take sounds, doubled small words and the words with which people begin to speak off a sentence, nothing else."""
    words = " ".join(_SOUNDS.sub(" ", sentence).split())
    words = _SPACED.sub("", _STUTTER.sub(r"\1", words))
    return _RUN_UP.sub("", words).strip(" ,\uff0c")


def _first_clause(words: str, sort: str) -> str:
    """Give the first clause of a rambling sentence, marked as cut, when what follows takes nothing of it back."""
    cut = _CLAUSE_END.search(words)
    if not cut or _TAKES_BACK.search(words[cut.start() :]):
        return ""
    clause = words[: cut.start()].rstrip()
    full_stop = "。" if has_cjk(clause) else "."
    told = _sort_of(clause) == sort and _stands_alone(clause + full_stop, sort)
    return f"{clause} …" if told else ""


def _sort_of(words: str) -> str:
    sort = next((name for name, sign in _SORTS.items() if sign.search(words)), "")
    return "" if sort == "problem" and _NO_TROUBLE.search(words) else sort


def _stands_alone(words: str, sort: str) -> bool:
    """Whether a sentence is whole, calm and understood without the talk around it."""
    chinese = has_cjk(words)
    least, most = _LENGTH["zh" if chinese else "en"]
    least += 2 if sort == "problem" else 0  # a problem in passing, without what it is about, only alarms
    length = len(words) if chinese else len(words.split())
    if not least <= length <= most or not words.endswith((".", "。")):
        return False
    if len(subject_words(words)) < _LEAST_WORDS["zh" if chinese else "en"]:
        return False
    thinking = _THINKING_ALOUD.search(words) or _THINKING_ALOUD_ZH.search(words) or len(_FILLERS_ZH.findall(words)) > 1
    unsure = sort in ("decision", "done", "problem") and _UNSURE.search(words)
    return not (
        thinking
        or unsure
        or any(sign.search(words) for sign in (_PERSONS, _LEANS, _PASSING))
        or is_private(words)
        or find_orders(words)
    )
