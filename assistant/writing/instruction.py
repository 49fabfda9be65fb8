"""What the offline writer can obey of a person's instruction, and what it has to leave to the person."""

# ruff: noqa: E501 - patterns stand together by meaning

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.domain.brief import Brief
from assistant.domain.guidance import PlaybookStep
from assistant.domain.project import Recipient, RecipientRole

_PARTS = re.compile(
    r"[.;\n\uff1b\u3002]+(?:\s|$)|[;\n\uff1b\u3002]|,\s+(?=(?:and )?(?:start|begin|cc|copy|keep|do not|don't|at most|under|no more|answer)\b)|[\uff0c,](?=\s*(?:先|请?抄送|不要|别|不超过|控制|回答|开头|写))"
)
_JOINS = re.compile(r"^(?:and|also|please|then|请|并且?|同时|另外|再)\s*[,\uff0c]?\s*", re.IGNORECASE)
_SILENCE = re.compile(
    r"^(?:do not|don't|don’t|never|without) (?:mention(?:ing)?|say(?:ing)?|writ(?:e|ing)|includ(?:e|ing)|talk(?:ing)? about|naming|name) (?P<en>.{2,80})$"
    r"|^leave out (?P<en2>.{2,80})$|^(?:不要|别|不|勿|避免)(?:再)?(?:提到|提及|提|写到|写|说到|说|出现)(?P<zh>.{1,40})$|^(?:略去|去掉|删去)(?P<zh2>.{1,40})$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?:keep it |make it |be )?(?:very |a bit |much )?(?:short|shorter|brief|briefer|concise|more concise)(?: please)?$"
    r"|^(?:写|写得|尽量)?(?:更)?(?:简短|短|精简|简洁|简明)(?:一?点|些|一些)?$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"^(?:keep it |make it |stay |write )?(?:in )?(?:under|below|within|at most|max(?:imum)?(?: of)?|no more than|up to|not more than) (?P<en>[0-9]{2,4}) words$"
    r"|^(?P<en2>[0-9]{2,4}) words(?: at most| max(?:imum)?| or less)?$"
    r"|^(?:篇幅|字数|全文|正文)?(?:控制在|不要?超过|不超|限|最多|少于)\s*(?P<zh>[0-9]{2,4})\s*(?:个)?字(?:以内|之内)?$|^(?:控制在)?\s*(?P<zh2>[0-9]{2,4})\s*(?:个)?字(?:以内|之内|以下)$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"^(?:start|begin|open|lead) with (?:the |our |what )?(?P<en>.{3,40})$|^(?:put |say |tell )?(?:the |our )?(?P<en2>.{3,40}?) first$"
    r"|^(?:先|首先)(?:说|写|讲|谈|列|交代)(?:一下|明)?(?P<zh>.{2,12})$|^(?:从|以)(?P<zh2>.{2,12}?)(?:开始|开头)$|^开头(?:先)?(?:说|写)(?P<zh3>.{2,12})$|^把?(?P<zh4>.{2,12}?)(?:放在|写在)(?:最)?前面$",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:cc|copy(?: in)?|in copy):? (?P<en>.{2,80})$|^抄送(?:给)?[:\uff1a]?\s*(?P<zh>.{2,40})$", re.IGNORECASE
)
_ANSWER = re.compile(
    r"^(?:only )?(?:answer|reply to|deal with|address) (?:only )?points? (?P<en>[0-9]{1,2}(?:\s*(?:,|and|&)\s*[0-9]{1,2}){0,5})(?: only)?$"
    r"|^只?(?:要)?(?:回答|答复|回复)第?\s*(?P<zh>[0-9]{1,2}(?:\s*[、,\uff0c和]\s*第?[0-9]{1,2}){0,5})\s*(?:点|条|个问题)$",
    re.IGNORECASE,
)
_ROLE_OF: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(r"risk|problem|issue|delay|trouble|风险|问题|困难|延期", re.IGNORECASE),
        frozenset({"risk", "problem"}),
    ),
    (re.compile(r"next|plan|date|下一步|计划|安排|后续", re.IGNORECASE), frozenset({"next"})),
    (re.compile(r"need|ask|request from|需要|配合|请客户", re.IGNORECASE), frozenset({"need"})),
    (re.compile(r"done|progress|result|achieve|finished|完成|进展|成果", re.IGNORECASE), frozenset({"done"})),
    (re.compile(r"cause|reason|how it came|why|原因|经过", re.IGNORECASE), frozenset({"cause"})),
    (re.compile(r"proposal|propose|recommend|建议|方案", re.IGNORECASE), frozenset({"proposal"})),
    (re.compile(r"decision|decided|决定", re.IGNORECASE), frozenset({"decision"})),
    (re.compile(r"remed|being done|solution|fix|办法|措施|解决", re.IGNORECASE), frozenset({"remedy"})),
)
SHORT_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Instruction:
    """What was understood, and `unused`: what was not, as written.

    `silent_about` are words that no sentence may hold, `most` the greatest length in words or Chinese characters,
    `first` the words for what is to come first, `points` the numbers of the client's points that are to be answered,
    `copies` the people who are to get a copy.
    """

    silent_about: tuple[str, ...] = ()
    short: bool = False
    most: int | None = None
    first: str = ""
    points: tuple[int, ...] = ()
    copies: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def allows(self, text: str) -> bool:
        """Whether a sentence holds none of the words it must not."""
        folded = text.casefold()
        return not any(words in folded for words in self.silent_about)

    def limit(self, usual: float) -> float:
        """Give the greatest length that the message may have; `usual` is that without an instruction."""
        return (
            min(self.most or usual, usual * (SHORT_SHARE if self.short else 1.0)) if self.short else self.most or usual
        )

    def begins_with(self, step: PlaybookStep) -> bool:
        """Whether a step is what the person wants to read first."""
        wanted = next((roles for sign, roles in _ROLE_OF if self.first and sign.search(self.first)), frozenset[str]())
        return bool(wanted & set(step.roles)) and "point" not in step.roles


def read_instruction(words: str, brief: Brief | None = None) -> Instruction:
    """Read an instruction part by part. With a brief, what it cannot carry out is left unused as well."""
    read = Instruction()
    for part in (part.strip(" ,\uff0c.。!！") for part in _PARTS.split(words)):
        bare = _JOINS.sub("", _JOINS.sub("", part)).removesuffix(" please").strip()
        understood = _understood(bare, read, brief) if bare else read
        read = understood or replace(read, unused=(*read.unused, part))
    return read


def _understood(part: str, read: Instruction, brief: Brief | None) -> Instruction | None:
    if _SHORT.match(part):
        return replace(read, short=True)
    found = next(((sort, words) for sort, pattern in _SORTS.items() if (words := _word(pattern, part))), None)
    return _CARRY_OUT[found[0]](found[1], read, brief) if found else None


def _with_length(words: str, read: Instruction, _brief: Brief | None) -> Instruction | None:
    return replace(read, most=int(words))


def _with_silence(words: str, read: Instruction, _brief: Brief | None) -> Instruction | None:
    about = re.sub(r"^(?:the|a|an|our|any) ", "", words.strip(" \"'“”「」").casefold())
    return replace(read, silent_about=(*read.silent_about, about))


def _with_copy(words: str, read: Instruction, brief: Brief | None) -> Instruction | None:
    known = brief is None or all(_found(name, brief) for name in _names(words))
    return replace(read, copies=(*read.copies, *_names(words))) if known else None


def _with_first(words: str, read: Instruction, brief: Brief | None) -> Instruction | None:
    asked = replace(read, first=words)
    return asked if brief is None or any(asked.begins_with(step) for step in brief.playbook.steps) else None


def _with_points(words: str, read: Instruction, brief: Brief | None) -> Instruction | None:
    numbers = tuple(int(n) for n in re.findall(r"[0-9]+", words))
    if brief is None:
        return replace(read, points=numbers)
    known = {point.number for point in brief.inbound.triage.points} if brief.inbound else set[int]()
    wanted = tuple(n for n in numbers if n in known)
    return replace(read, points=wanted) if wanted else None


_SORTS = {"length": _LENGTH, "points": _ANSWER, "silence": _SILENCE, "copy": _COPY, "first": _FIRST}
_CARRY_OUT: dict[str, Callable[[str, Instruction, Brief | None], Instruction | None]] = {
    "length": _with_length,
    "points": _with_points,
    "silence": _with_silence,
    "copy": _with_copy,
    "first": _with_first,
}


def with_copies(brief: Brief) -> tuple[Recipient, ...]:
    """Give the recipients of a message, with the contacts of the card whom the instruction wants in copy.

    Nobody is added who does not stand on the card, whatever the instruction says.
    """
    recipients = list(brief.recipients)
    for name in read_instruction(brief.instruction).copies:
        found = _found(name, brief)
        if found and all(found.email != r.email for r in recipients):
            recipients.append(found)
    return tuple(recipients)


def _found(name: str, brief: Brief) -> Recipient | None:
    wanted = name.casefold()
    for contact in brief.project.contacts:
        forms = (contact.name, contact.email, contact.salutation, *contact.name.split())
        if wanted in {form.casefold() for form in forms if len(form) > 1}:
            return Recipient(contact.name, contact.email, RecipientRole.CC)
    return None


def _names(words: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:,|\uff0c|、|\band\b|和)\s*", words)
    return tuple(part.strip() for part in parts if part.strip())


def _word(pattern: re.Pattern[str], part: str) -> str:
    """Give what a pattern's one filled group holds; empty when it does not match."""
    found = pattern.match(part)
    return next((value for value in found.groupdict().values() if value), "") if found else ""
