"""From the claims of a sentence to tasks: what is taken back or only talk falls out, the rest gets owner and day."""

import re
from collections.abc import Iterator, Sequence

from assistant.actions import english
from assistant.actions.dues import Due, find_due
from assistant.actions.english import Claim
from assistant.actions.found import Found, Sentence
from assistant.actions.outline import Line
from assistant.actions.people import ME, People
from assistant.actions.states import NEGATED, PAST_ZH, QUESTION, is_supposed
from assistant.actions.tasks import before_owner, clean

_SHORT_SENTENCE = 60
_PROMISED = 0.7
_SURELY_A_NAME = 0.75
_CALLED = re.compile(
    r"(?:(?:and|so|then|ok(?:ay)?|right|well"
    r"|um)[, ]+)*(?P<name>[A-Z][\w.'’-]{0,24}(?: [A-Z0-9][\w'’-]{0,24}){0,2}|[\u4e00-\u9fff]{2,4}[0-9]?)[,， ]"
)
# "ML was to draft the notice, but SW will do so instead": the task stands before.
_DO_SO = re.compile(r"(?:do (?:so|it|this|that)|take (?:it|this|that) (?:over|on))\b(?: instead)?", re.IGNORECASE)
_SAID_BEFORE = re.compile(r"\bto (?P<task>[a-z][a-z-]{2,20} [^,;.]{3,80}?)(?=[,;]| but )")
# "I'll finish the labels, I need one more roll": what is told behind the comma is no part of the task.
_ASIDE = re.compile(
    r"[,;] (?:I|we|it|that|they|he|she)(?:['’](?:m|s|re|ve)| (?:am|is|are|need|have|was|can))\b"
    r"(?![^.]*\b(?:due|by|on|before|until|till|today|tomorrow|(?:mon|tues|wednes|thurs|fri)day)\b)",
    re.IGNORECASE,
)
_HOPED_FOR = re.compile(r"[，,](?:争取|最好|尽量|hopefully|ideally)[^，,；;]*\Z", re.IGNORECASE)
_ANOTHER_CASE = re.compile(
    r"[,;] ?(?:and|but|so|because)(?: then)? (?:if|unless|otherwise)\b|\. If\b|[，；](?:如果|要是|万一|如|否则|不然)"
)


class Claimed:
    """Makes tasks of claims; `chat` says that people talk, so that weaker words promise nothing."""

    def __init__(self, people: People, *, chat: bool) -> None:
        self.people = people
        self.chat = chat
        self.before: str | None = None  # whom the sentence before was about: the "he" of this one

    def tasks(
        self, claims: Sequence[Claim], sentence: Sentence, line: Line, sure: float | None
    ) -> Iterator[tuple[Claim, Found]]:
        """Give the tasks of a sentence, each with its claim; `sure` is the confidence of a listed line, else None."""
        text = sentence.text
        for number, claim in enumerate(claims):
            stop = claims[number + 1].clause if number + 1 < len(claims) else len(text)
            begin = claim.clause if len(claims) > 1 else 0
            clause = text[begin:stop].rstrip(" ,，;；、")
            clause = re.sub(
                r"(?i)[\s,;]+(?:and|then|but|so|while|also)$|[，,、；]?(?:然后|另外|同时|并且?)$", "", clause
            )
            after = max(claim.task - begin, 0)
            other = _ANOTHER_CASE.search(clause, after) or _ASIDE.search(clause, after)
            if other:  # "I'll chase them, and if they don't answer …" takes nothing back
                clause = clause[: other.start()]
            if self._is_none(
                claim, clause, text[: begin + other.start()] if other else text, begin, listed=sure is not None
            ):
                continue
            if claim.kind == "he" and self.before is None:
                continue
            due = find_due(clause, line.reference, listed=sure is not None)
            owner = self.resolve(claim.owner, line) or self._spoken_to(claim, text)
            confidence = sure if sure is not None else min(0.9, claim.sure + (0.1 if due else 0.0))
            if sure is None and due is None and self._is_thin(claim, text):
                continue
            task = self._task(claim, clause, text, begin, due, alone=len(claims) == 1)
            if len(re.sub(r"\W", "", task)) < (3 if task.isascii() else 2):
                continue
            start, end = sentence.place(begin, begin + len(clause))
            yield claim, Found(task, owner, due, start, end, confidence)

    def _is_thin(self, claim: Claim, text: str) -> bool:
        """Whether a claim without a day is too little: "we need to", and in talk what only announces the talk."""
        if claim.kind == "present":
            return True  # "Cathy finds the list too long": only a list or a day makes a duty of it
        if claim.kind in {"we", "must"}:
            return self.chat or not self._says_action(text)
        if not self.chat:
            return False
        if claim.kind == "first" and claim.owner == "I":
            return claim.sure < _PROMISED or english.is_of_the_talk(text[claim.task :])
        if claim.kind == "owned" and claim.sure < _SURELY_A_NAME:
            return True
        return claim.kind in {"ask", "given"} and english.is_of_the_talk(text[claim.task :]) and not claim.owner

    @staticmethod
    def _is_none(claim: Claim, clause: str, text: str, begin: int, *, listed: bool) -> bool:
        """Whether the words that hold a claim take it back: not, already, a question, only supposed."""
        own = max(clause.rfind(mark, 0, max(0, claim.clause - begin)) for mark in ",;，；") + 1
        if NEGATED.search(clause, own) or (PAST_ZH.search(clause) and claim.kind != "ask"):
            return True
        if QUESTION.search(clause) and claim.kind != "ask":
            return True
        if listed:
            return False
        if "@" in text[max(0, claim.clause - 1) : claim.clause + 1]:
            return is_supposed(text[claim.clause :])  # "if it gets full we need more, @Tom please count"
        hedged = text[max(begin, *(text.rfind(mark, begin, claim.clause) for mark in ",，;；—")) : begin + len(clause)]
        hedged = _HOPED_FOR.sub("", hedged)  # 我去联系王老师，争取本周定下来 promises the first
        if len(text) > _SHORT_SENTENCE and claim.clause > _SHORT_SENTENCE:
            text = text[claim.clause :]
        return is_supposed(text, hedged)

    def _task(self, claim: Claim, clause: str, text: str, begin: int, due: Due | None, *, alone: bool) -> str:
        words = text[claim.task : begin + len(clause)]
        if claim.kind == "late":
            words = before_owner(words, claim.owner)
        if _DO_SO.match(words):
            earlier = list(_SAID_BEFORE.finditer(text, 0, claim.clause))
            words = _DO_SO.sub(earlier[-1]["task"], words, count=1) if earlier else words
        if claim.kind == "passive":
            before = text[claim.clause : claim.task].partition(claim.owner)[0]
            words = (
                text[claim.task : claim.end]
                + re.sub(r"[，,]?(?:会后|现)?改?由$", "", before)
                + words[claim.end - claim.task :]
            )
        if claim.kind == "fronted":
            words = words.rstrip("吧。，") + text[claim.clause : claim.task].partition(claim.owner)[0]
        short = len(words) <= 10 and words[:1] > "\u2e7f"
        if (
            alone
            and claim.kind in {"first", "owned"}
            and short
            and text[claim.clause - 1 : claim.clause] in {"，", ",", "、"}
        ):
            words = text[: claim.clause].rstrip("，,：: ").rpartition("：")[2] + words
        return clean(words, due if due and due.words in words else None, claim.kind)

    def _spoken_to(self, claim: Claim, text: str) -> str | None:
        """Give the person whose name calls them before "you": 露丝，麻烦你…; "Ruth, can you …"."""
        if claim.kind != "ask" or claim.owner:
            return None
        called = _CALLED.match(text[: claim.task])
        return self.people.owner(called["name"]) if called and self.people.is_surely(called["name"]) else None

    @staticmethod
    def _says_action(sentence: str) -> bool:
        return re.search(r"(?i)\baction\b|\bneed to\b|\bmust\b|务必|必须", sentence) is not None

    def resolve(self, words: str, line: Line) -> str | None:
        """Give the owner that words name: "I" and 我 are the speaker where there is one, else kept as said."""
        plain = words.strip(" @*,，")
        if not plain:
            return None
        if plain.casefold() in ME or plain == "我这边":
            if line.speaker:
                return self.people.owner(line.speaker) or line.speaker
            return line.group or self.people.sender or plain
        if plain.casefold() in {"he", "she"} and self.before:
            return self.before
        if plain.casefold() in {"you", "we", "they", "it", "he", "she"}:
            return None
        return self.people.owner(plain) or "; ".join(part for part in plain.split("、") if part)
