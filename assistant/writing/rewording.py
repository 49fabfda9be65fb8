"""The offline rewriter: shorter, softer and firmer by rules that keep every fact, hedge and condition."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.checks.claims import Role, sentence_role
from assistant.domain.draft import Section, Sentence, WrittenBy
from assistant.domain.project import Language
from assistant.domain.rewriting import (
    Heard,
    NewSentence,
    Preset,
    Rewrite,
    RewritingTask,
    Rewritten,
    Wish,
    WritingEvent,
    WritingStage,
    unfollowed,
    unheard,
)
from assistant.language.statements import classify_statement
from assistant.writing.instruction import read_instruction
from assistant.writing.markers import gaps_in
from assistant.writing.point_answers import answered

_PARTS = re.compile(r"[.;\n；。]+")
_SHORTER_SHARE = 0.65
_WEIGHTY = frozenset({"risk", "problem", "change", "cause", "effect"})

# Words that carry nothing: without them a sentence says the same.
_FILLERS: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"\b[Pp]lease note that ", ""),
        (r"\b[Ii]n order to\b", "to"),
        (r"\b[Dd]ue to the fact that\b", "because"),
        (r"\b[Ii]t should be mentioned that ", ""),
        (r"\b[Ww]e would like to inform you that ", ""),
        (r"\b[Ii] would like to let you know that ", ""),
        (r"\bat this point in time\b", "now"),
        (r",? as already mentioned,?", ""),
    ),
    "zh": (
        (r"需要说明的是，?", ""),
        (r"特此(?:告知|说明)，?", ""),
        (r"在此，?(?=我)", ""),
        (r"如前所述，?", ""),
        (r"的情况下", "时"),
    ),
}
# A pair reads from firm to soft. Only the manner of asking and of saying no changes, never a date, hedge or condition.
_FIRM_SOFT: dict[Language, tuple[tuple[str, str, str, str], ...]] = {
    "en": (
        (r"\APlease (?=[a-z])", "I would be grateful if you could ", r"\AI would be grateful if you could ", "Please "),
        (r"\AYou (?:must|have to) ", "May I ask you to ", r"\AMay I ask you to ", "Please "),
        (r"\AWe need (?=your\b)", "It would help us to have ", r"\AIt would help us to have ", "We need "),
        (
            r"\AWe need ((?:[A-Z][\w'-]+ ?){1,3}|you )to ",
            r"It would help us if \1could ",
            r"\AIt would help us if ((?:[A-Z][\w'-]+ ?){1,3}|you )could ",
            r"We need \1to ",
        ),
        (
            r"\AWe need from you",
            "It would help us to have from you",
            r"\AIt would help us to have from you",
            "We need from you",
        ),
        (r"\AYou need to ", "May I ask you to ", r"\AYou are kindly asked to ", "Please "),
        (r"\AWe do not ", "Unfortunately, we do not ", r"\AUnfortunately, we do not ", "We do not "),
        (
            r"\A(?=[A-Z][^.]{2,60}\b(?:is|are) not (?:in|part of|included in) (?:the|our) (?:offer|scope|contract))",
            "I am sorry to say it: ",
            r"\AI am sorry to say it: ",
            "",
        ),
        (r"\AWe cannot ", "Unfortunately, we cannot ", r"\AUnfortunately, we cannot ", "We cannot "),
        (
            r"\AThis is not possible",
            "Unfortunately, this is not possible",
            r"\AUnfortunately, this is not",
            "This is not",
        ),
    ),
    "zh": (
        (r"\A请(?=[^问假示])", "烦请", r"\A(?:烦请|恳请|麻烦)", "请"),
        (r"\A烦请(?=您|贵方)", "如果方便，烦请", r"\A如果方便，烦请", "烦请"),
        (
            r"\A(?=[^。]{2,30}不在(?:合同|一期|约定的?)?(?:范围|内|里))",
            "很抱歉，",
            r"\A很抱歉，(?=[^。]{2,30}不在)",
            "",
        ),
        (r"需要您", "希望您能", r"希望您能?", "需要您"),
        (r"\A您必须", "还请您", r"\A还请您", "请您"),
        (r"\A我们(?=无法|不能)", "很抱歉，我们", r"\A很抱歉，(?=我们(?:无法|不能))", ""),
    ),
}


@dataclass(frozen=True, slots=True)
class OfflineRewriter:
    """Implements `ports.Rewriter` without a model. What no rule can follow is named, never guessed at."""

    name: str = field(default="offline", init=False)

    def rewrite(
        self, task: RewritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Rewritten:
        """Rewrite by rules. Never raises ModelError; an answer takes a fraction of a second."""
        del cancelled
        heard(WritingEvent(WritingStage.WRITING, writer=self.name))
        state = _State(task)
        for preset in _presets(task.wish):
            state.follow(preset)
        for part in _parts(task.wish):
            state.obey(part)
        rewrites = state.rewrites()
        for section, sentence in state.sentences:
            for new in next((r.now for r in rewrites if r.sentence_id == sentence.id), ()):
                heard(WritingEvent(WritingStage.SENTENCE, section.step, new.text))
        reasons = tuple(unfollowed(part) for part in state.not_followed)
        return Rewritten(rewrites, WrittenBy(self.name, reasons=reasons), tuple(state.not_followed))


def _presets(wish: Wish) -> tuple[Preset, ...]:
    return (wish.preset,) if wish.preset else ()


def _parts(wish: Wish) -> list[str]:
    return [part for part in (part.strip(" ,，") for part in _PARTS.split(wish.words)) if part]


@dataclass(slots=True)
class _State:
    """The chosen sentences on their way: their new wording, or None once they are left out."""

    task: RewritingTask
    sentences: list[tuple[Section, Sentence]] = field(init=False)
    words: dict[str, str | None] = field(init=False)
    not_followed: list[str] = field(init=False, default_factory=list)
    answers: list[Rewrite] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        chosen = set(self.task.chosen)
        self.sentences = [(part, s) for part in self.task.draft.sections for s in part.sentences if s.id in chosen]
        self.words = {s.id: s.text for _, s in self.sentences}

    @property
    def language(self) -> Language:
        return self.task.draft.language

    def follow(self, preset: Preset) -> None:
        """Do what a preset asks, or name it as not followed."""
        before = dict(self.words)
        if preset is Preset.SHORTER:
            self._shorten()
        elif preset is Preset.SOFTER:
            self._swap([(firm, soft) for firm, soft, _, _ in _FIRM_SOFT[self.language]])
        elif preset is Preset.FIRMER:
            self._swap([(soft, firm) for _, _, soft, firm in _FIRM_SOFT[self.language]])
        if self.words == before:
            self.not_followed.append(preset.value)

    def obey(self, part: str) -> None:
        """Do what one part of an instruction asks, or keep it as not followed."""
        asked = read_instruction(part)
        if asked.short:
            self.follow(Preset.SHORTER)
            return
        if asked.points:
            self._answer(asked.points, part)
            return
        silenced = [key for key, text in self.words.items() if text is not None and not asked.allows(text)]
        for key in silenced:
            self.words[key] = None
        if not silenced and not asked.silent_about:
            self.not_followed.append(part)

    def _answer(self, numbers: Sequence[int], part: str) -> None:
        """Answer Points of the client's message by what the notes say to them, or say that it cannot be done."""
        self.answers += answered(self.task, numbers)
        if not self.answers:
            self.not_followed.append(part)

    def rewrites(self) -> tuple[Rewrite, ...]:
        """Give what changed."""
        found = []
        answers = {answer.sentence_id: answer for answer in self.answers}
        for _, sentence in self.sentences:
            text = self.words[sentence.id]
            if sentence.id in answers:
                found.append(answers[sentence.id])
                continue
            if text != sentence.text:
                now = () if text is None else (NewSentence(text, sentence.evidence),)
                found.append(Rewrite(sentence.id, now))
        return tuple(found)

    def _swap(self, pairs: Sequence[tuple[str, str]]) -> None:
        for key, text in self.words.items():
            for pattern, words in pairs:
                if text is None or not re.search(pattern, text):
                    continue
                swapped = re.sub(pattern, words, text, count=1)
                self.words[key] = swapped[:1].upper() + swapped[1:]
                break

    def _shorten(self) -> None:
        """Take fillers out of the chosen sentences; of a whole message, leave out what it can spare besides."""
        for key, text in self.words.items():
            for pattern, words in _FILLERS[self.language]:
                if text is not None:
                    text = re.sub(pattern, words, text)  # noqa: PLW2901 (each filler shortens what is left)
            self.words[key] = text[:1].upper() + text[1:] if text else text
        if self.task.wish.sentence_ids is not None:
            return
        goal = _SHORTER_SHARE * sum(len(s.text) for _, s in self.sentences)
        for sentence in self._spare():
            if sum(len(text) for text in self.words.values() if text) <= goal:
                return
            self.words[sentence.id] = None

    def _spare(self) -> list[Sentence]:
        """Give the sentences that may go, the most dispensable first; each section keeps its first one."""
        spare = []
        for section in self.task.draft.sections:
            own = [s for part, s in self.sentences if part is section]
            step = self.task.playbook.step(section.step) if self.task.playbook else None
            roles = set(step.roles) if step else set()
            for place, sentence in enumerate(own[1:], start=1):
                role = sentence_role(sentence.text)
                if "point" in roles or gaps_in([sentence.text]) or role in (Role.PROMISE, Role.REQUEST, Role.APOLOGY):
                    continue
                # A short text must not turn rosy: a risk, a change and its cause stay.
                if classify_statement(sentence.text).roles & _WEIGHTY:
                    continue
                required = step.required if step else True
                spare.append((required, bool(sentence.evidence), -place, sentence))
        return [entry[-1] for entry in sorted(spare, key=lambda entry: entry[:3])]
