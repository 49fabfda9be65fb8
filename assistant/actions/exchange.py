"""What one speaker asks, offers or proposes, and what the next one makes of it."""

import re
from dataclasses import replace

from assistant.actions import english
from assistant.actions.answers import Asked, answer_of, may_still_be_answered, offer_in, wants_it
from assistant.actions.changes import Items
from assistant.actions.dues import Due, find_due, read_due
from assistant.actions.found import Found, Sentence
from assistant.actions.outline import Line
from assistant.actions.people import People
from assistant.actions.spoken import without_sounds
from assistant.actions.states import NEGATED, QUESTION
from assistant.actions.tasks import clean

_SHORT_ANSWER = 60
_LEAST_TASK = 4
_WEAK_ASK = 0.6
_OFFERED_SURE = 0.5
_LEFT_OPEN = re.compile(r"(?i),? (?:I suppose|I guess|if you (?:like|want)|maybe|perhaps|though)\b.*$")
# "Does the 2nd work?", "is Friday okay?", 周五行吗: the day of what the speaker just took on, if the next one agrees.
_PROPOSES_A_DAY = re.compile(
    r"(?i)\W{0,3}(?:(?:and|so|but)[, ]+)?(?:does|would|will|is|how about|what about) (?P<day>[^?]{2,30}?)(?: (?:work"
    r"|do|suit|ok(?:ay)?"
    r"|fine|all right|soon enough|good)[^?]{0,12})?\?|(?P<zh>[^？?，,]{2,12}?)(?:行吗|可以吗|行不行|可不可以|来得及吗"
    r"|成吗)[？?]?\Z"
)
_RATHER = re.compile(
    r"(?i)(?:\A|[,.;] |[，。；])(?:(?:more like|rather|make it|let['’]s say|I can do|how about|say) "
    r"(?P<day>[^,.;?!]{3,24})|(?P<then>[^,.;?!]{3,24}) then"
    r"|(?P<zh>[^，。？！\s]{2,10})(?:吧|行吗|可以吗|怎么样|行不行))[.。？?]?\Z"
)
_AGREES_TO_IT = re.compile(
    r"(?i)\b(?:works|is (?:fine|good|great|ok(?:ay)?|perfect)|['’]s (?:fine|good|great"
    r"|ok(?:ay)?|perfect))\b"
)


class Exchange:
    """Follows a talk from turn to turn and gives what was asked for to who takes it on."""

    def __init__(self, people: People, items: Items) -> None:
        self._people = people
        self._items = items
        self._asked: Asked | None = None
        self._offered: tuple[Found, Line] | None = None
        self._proposed: tuple[int, Due, str] | None = None

    def taken_up(self, line: Line) -> tuple[Found, Line] | None:
        """Give the offer that this turn takes up; an offer that nobody takes up is no task."""
        offered, self._offered = self._offered, None
        if (
            offered is not None
            and line.speaker not in {"", offered[1].speaker}
            and wants_it(without_sounds(line.text).text)
        ):
            return offered
        return None

    def offer(self, sentence: Sentence, line: Line) -> None:
        """Remember what a speaker only offers to do."""
        place = offer_in(sentence.text) if line.speaker else None
        if place is None or QUESTION.search(sentence.text) or NEGATED.search(sentence.text):
            return
        words = sentence.text[slice(*place)]
        due = find_due(words, line.reference, listed=False)
        task = clean(_LEFT_OPEN.sub("", words), due if due and due.words in words else None, "first")
        if english.is_of_the_talk(words) or len(re.sub(r"\W", "", task)) < _LEAST_TASK:
            return
        start, end = sentence.place(0, len(sentence.text))
        owner = self._people.owner(line.speaker) or line.speaker
        self._offered = Found(task, owner, due, start, end, _OFFERED_SURE), line

    def propose_day(self, sentence: Sentence, line: Line) -> None:
        """Remember the day that a speaker proposes for what they took on just before."""
        asked = _PROPOSES_A_DAY.match(sentence.text)
        due = read_due(asked["day"] or asked["zh"], line.reference) if asked else None
        last = self._items.last()
        if due is None or due.day is None or last is None or last.due_text or last.start < line.start:
            return
        self._proposed = last.start, due, line.speaker

    def ask(self, claim: english.Claim, found: Found, sentence: Sentence, line: Line) -> None:
        """Remember a request, so that the next speaker may take it on or turn it down."""
        if claim.kind == "ask" and line.speaker:
            self.lapse()
            weak = claim.sure <= _WEAK_ASK and found.due is None
            question = found.owner is None and (weak or QUESTION.search(sentence.text) is not None)
            self._asked = Asked(found.start, line.speaker, question)

    def answers(self, line: Line) -> bool:
        """Settle an open request with the next speaker's yes or no; true when the line says nothing else."""
        self._agree(line)
        asked = self._asked
        if asked is None or not line.speaker or line.speaker == asked.by:
            return False
        self._asked = None
        answer = answer_of(without_sounds(line.text).text, self._people)
        other = self._another_day(line)
        if other is not None and (answer is None or not answer.yes):
            self._items.give(asked.start, self._people.owner(line.speaker) or line.speaker)
            self._items.move(asked.start, other)
            return True
        if answer is None:
            if asked.question and may_still_be_answered(asked):
                self._asked = replace(asked, turns=asked.turns + 1)
            elif asked.question:
                self._items.drop(asked.start)  # asked, and nobody took it on
            return False
        if not answer.yes:
            self._items.drop(asked.start)
            return False
        owner = self._people.owner(line.speaker) or line.speaker
        due = find_due(answer.rest, line.reference, listed=False) if answer.only else None
        self._items.give(asked.start, owner, due)
        return answer.only and len(answer.rest) < _SHORT_ANSWER

    @staticmethod
    def _another_day(line: Line) -> Due | None:
        """Read the day that an answer names instead: "Friday is tight, Monday then", 周五有点紧，下周一吧."""
        found = _RATHER.search(without_sounds(line.text).text)
        due = read_due(found["day"] or found["then"] or found["zh"], line.reference) if found else None
        return due if due is not None and due.day is not None else None

    def _agree(self, line: Line) -> None:
        proposed, self._proposed = self._proposed, None
        if proposed is None or line.speaker in {"", proposed[2]}:
            return
        words = without_sounds(line.text).text
        answer = answer_of(words, self._people)
        if (answer is not None and answer.yes) or _AGREES_TO_IT.search(words[:_SHORT_ANSWER]):
            self._items.give(proposed[0], "", proposed[1])

    def lapse(self) -> None:
        """Let what was asked last, and nobody took on, go."""
        if self._asked is not None and self._asked.question:
            self._items.drop(self._asked.start)
        self._asked = None
