"""The sentences of a line of notes."""

import re

from assistant.language.sentences import SentenceSpan, split_sentences

# "… layout B. BT to issue …": one capital before the stop looks like initials, and is the end of the sentence.
_LETTER_END = re.compile(r"(?<=[a-z] [A-Z]\.) (?=[A-Z])")


def sentences(text: str) -> list[SentenceSpan]:
    """Split a line into sentences; `start` and `end` of each are characters of the line."""
    return [part for span in split_sentences(text) for part in _parts(span)]


def _parts(span: SentenceSpan) -> list[SentenceSpan]:
    begin = 0
    parts = []
    for cut in _LETTER_END.finditer(span.text):
        parts.append(SentenceSpan(span.start + begin, span.start + cut.start(), span.text[begin : cut.start()]))
        begin = cut.end()
    return [*parts, SentenceSpan(span.start + begin, span.end, span.text[begin:])] if parts else [span]
