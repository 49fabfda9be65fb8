"""Reading a model's answer: it is believed only where it can be verified, and refused where it is nonsense."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.checks.claims import Role, sentence_role
from assistant.domain.brief import Brief
from assistant.domain.draft import Origin, Section, Sentence, WriterReason
from assistant.domain.project import Language
from assistant.errors import ModelAnswerError
from assistant.language.detect import detect_language
from assistant.writing.markers import gap_marker, without_gaps
from assistant.writing.showing import LANGUAGE_NAMES, one_line

_MOST_REPEATS = 2
_LONGEST_SENTENCE = 1500
_DAY_SIGNS, _FEWEST_LETTERS = "年月日时分秒点", 3
_LABEL = re.compile(r"\[?E?([0-9]{1,4})\]?", re.IGNORECASE)
# Citations that a model wrote into its text: "[E4]", "(E4, E7)", "（依据E4）", and "[4]" at the end of a sentence.
_WRITTEN_LABEL = re.compile(
    r"\s*[\[(（【](?:(?:evidence|see|source|依据|证据|见|来源)[:：]?\s*)?E[0-9]{1,3}(?:\s*[,，、;；和]\s*E?[0-9]{1,3})*[\])）】]"
    r"|\s*[\[【][0-9]{1,3}(?:\s*[,，、]\s*[0-9]{1,3})*[\]】](?=\s*[.。!！?？]?\s*$)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Labels:
    """Reads citations, and counts those of evidence that was not supplied."""

    supplied: Collection[int]
    dropped: int = 0

    def of(self, item: Mapping[str, object]) -> tuple[int, ...]:
        """Give the citations of one sentence that name supplied evidence."""
        given = item.get("evidence")
        numbers = [read_number(label) for label in given] if isinstance(given, list) else []
        numbers += _labels_written(item.get("text"))
        kept = [n for n in numbers if n is not None and n in self.supplied]
        self.dropped += len(numbers) - len(kept)
        return tuple(dict.fromkeys(kept))

    def report(self) -> tuple[WriterReason, ...]:
        """Say what of the answer could not be used."""
        return (WriterReason("citations_dropped", {"count": str(self.dropped)}),) if self.dropped else ()


@dataclass(slots=True)
class MessageReading:
    """Reads a whole message."""

    brief: Brief
    labels: Labels
    misplaced: int = 0

    def sections(self, data: Mapping[str, object]) -> tuple[Section, ...]:
        """Give the answer's sections in the playbook's order; a required step that it skipped gets its gap.

        Raises ModelAnswerError for an answer without sections, and for nonsense.
        """
        by_step: dict[str, list[Sentence]] = {step.id: [] for step in self.brief.playbook.steps}
        given = data.get("sections")
        if not isinstance(given, list):
            raise ModelAnswerError("The model's answer has no list of sections.", code="failed_no_sections")
        number = 0
        for part in given:
            step = part.get("step") if isinstance(part, dict) else None
            sentences = part.get("sentences") if isinstance(part, dict) else None
            if step not in by_step or not isinstance(sentences, list):
                self.misplaced += 1
                continue
            for item in sentences:
                text = text_of(item)
                if text:
                    number += 1
                    by_step[step].append(Sentence(f"s{number}", text, self.labels.of(item), Origin.MODEL))
        refuse_nonsense([s.text for found in by_step.values() for s in found], self.brief.language)
        return self._with_gaps(by_step, number)

    def _with_gaps(self, by_step: Mapping[str, list[Sentence]], number: int) -> tuple[Section, ...]:
        language = self.brief.language
        sections = []
        for step in self.brief.playbook.steps:
            sentences = by_step[step.id]
            if not sentences and step.required:
                number += 1
                sentences = [Sentence(f"s{number}", gap_marker(step.gap.get(language)), (), Origin.OFFLINE)]
            if sentences:
                sections.append(Section(step.id, tuple(sentences), step.heading.get(language), step.layout))
        return tuple(sections)

    def report(self) -> tuple[WriterReason, ...]:
        """Say what of the answer could not be used."""
        sections = (WriterReason("sections_dropped", {"count": str(self.misplaced)}),) if self.misplaced else ()
        return (*self.labels.report(), *sections)


def text_of(item: object) -> str:
    """Give one sentence's text on one line, without citations written into it; empty for anything else."""
    text = item.get("text") if isinstance(item, dict) else None
    return one_line(_WRITTEN_LABEL.sub("", text)) if isinstance(text, str) else ""


def _labels_written(text: object) -> list[int | None]:
    """Give the citations that stand in a text instead of beside it."""
    found = _WRITTEN_LABEL.finditer(text) if isinstance(text, str) else ()
    return [int(number) for label in found for number in re.findall(r"[0-9]+", label[0])]


def promises_named(data: Mapping[str, object], sections: Sequence[Section]) -> tuple[WriterReason, ...]:
    """Name the sentences by which, as the model says itself, the sender commits to something, and no rule sees it.

    They are counted from the first after the greeting. What the rules take for a promise the checks judge.
    """
    named = {text_of({"text": text}) for text in texts_in(data.get("promises"))}
    told = [sentence for section in sections for sentence in section.sentences]
    unseen = [n for n, s in enumerate(told, 1) if s.text in named and sentence_role(s.text) is not Role.PROMISE]
    return (WriterReason("promises_named", {"numbers": ", ".join(map(str, unseen))}),) if unseen else ()


def texts_in(given: object) -> tuple[str, ...]:
    """Give the texts of a list, each on one line; nothing for anything else."""
    items = given if isinstance(given, list) else []
    return tuple(line for line in (one_line(one) for one in items if isinstance(one, str)) if line)


def read_number(label: object) -> int | None:
    """Read a number given as 3, "3" or "E3"."""
    if isinstance(label, bool):
        return None
    if isinstance(label, int):
        return label
    match = _LABEL.fullmatch(label.strip()) if isinstance(label, str) else None
    return int(match[1]) if match else None


def _says_something(text: str) -> bool:
    """Whether a text has words, or is a gap that says what is missing."""
    return without_gaps(text) != text or sum(c.isalpha() and c not in _DAY_SIGNS for c in text) >= _FEWEST_LETTERS


def refuse_nonsense(texts: Sequence[str], language: Language) -> None:
    """Raise ModelAnswerError for an empty answer, one in another language, or endless repetition."""
    if not texts:
        raise ModelAnswerError(
            "The model's answer has no sentence that belongs to a step of the playbook.", code="failed_no_sentence"
        )
    if Counter(texts).most_common(1)[0][1] > _MOST_REPEATS or max(map(len, texts)) > _LONGEST_SENTENCE:
        raise ModelAnswerError("The model's answer repeats itself without end.", code="failed_repeats")
    if not any(_says_something(text) for text in texts):
        raise ModelAnswerError("The model's answer says nothing but dates and numbers.", code="failed_no_sentence")
    # Gap markers stand in the playbook's words and tell nothing of the language the model chose.
    said = "\n".join(without_gaps(text) for text in texts)
    found = detect_language(said) if any(c.isalpha() for c in said) else language
    if found != language:
        raise ModelAnswerError(
            f"The model's answer is not in the recipient's language, {LANGUAGE_NAMES[language]}.",
            code=f"failed_language_{language}",
        )


# --- while it streams ---------------------------------------------------------------------------------------

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(slots=True)
class SentenceStream:
    """Finds complete sentences in a JSON answer while it comes, for a preview.

    Every text under the key `text` is told once it is complete, with the newest text under the key `step`. What
    stands before the first brace is skipped; broken JSON tells nothing wrong, only less. An empty piece begins anew.
    """

    tell: Callable[[str, str], None]
    anew: Callable[[], None] = lambda: None
    _told: int = field(default=0, init=False)
    _begun: bool = field(default=False, init=False)
    _step: str = field(default="", init=False)
    _key: str = field(default="", init=False)
    _string: str | None = field(default=None, init=False)
    _last: str = field(default="", init=False)
    _escape: str = field(default="", init=False)

    def __call__(self, piece: str) -> None:
        """Take the next piece of the answer."""
        if not piece:
            if self._told:
                self.anew()
            self._begun, self._step, self._key, self._string, self._last, self._escape = False, "", "", None, "", ""
            self._told = 0
        for character in piece:
            self._take(character)

    def _take(self, character: str) -> None:
        if self._string is not None:
            self._in_string(character)
        elif not self._begun:
            self._begun = character == "{"
        elif character == '"':
            self._string = ""
        elif character == ":":
            self._key, self._last = self._last, ""
        elif character in ",}]":
            self._value()

    def _in_string(self, character: str) -> None:
        assert self._string is not None
        if self._escape:
            self._escape += character
            if self._escape[1] != "u":
                self._string += _ESCAPES.get(character, character)
                self._escape = ""
            elif len(self._escape) == 6:
                code = self._escape[2:]
                self._string += chr(int(code, 16)) if re.fullmatch(r"[0-9a-fA-F]{4}", code) else ""
                self._escape = ""
        elif character == "\\":
            self._escape = character
        elif character == '"':
            self._last, self._string = self._string, None
        else:
            self._string += character

    def _value(self) -> None:
        if self._key == "step":
            self._step = one_line(self._last)
        elif self._key == "text" and self._last.strip():
            self._told += 1
            words = self._last.encode("utf-8", "replace").decode()
            self.tell(self._step, text_of({"text": words}))
        self._key, self._last = "", ""
