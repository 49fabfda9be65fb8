"""WebVTT and SubRip: what was said, a paragraph for each speaker's turn, with the time code of each cue.

Both formats are a time line followed by words, so the few rules stand here instead of a library for each.
"""

import html
import re

from assistant.errors import UnreadableNoteError
from assistant.retrieval.formats.form import FormWriter, TextForm

_TIME = r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2})[.,][0-9]{1,3}"
_CUE = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})?[ \t]+([^<>\n]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<[0-9:.]{5,12}>|\{\\an?[0-9]\}")
_NAMED = re.compile(r"(?:- ?)?([^\W\d_][^:：\n]{0,40}?) ?[:：](?!//)\s*(?=\S)")
_PAUSE = 4.0  # seconds of silence that end a paragraph where nobody is named
_SENTENCE_END = (".", "。", "!", "！", "?", "？", "…")


def read_transcript(text: str, encoding: str) -> TextForm:
    """Read a transcript. Raises UnreadableNoteError when there is no time line in it."""
    out = FormWriter()
    speaker, ended = "", 0.0
    cues = _cues(text.split("\n"))
    if not cues:
        raise UnreadableNoteError("The transcript has no time codes (00:00:01.000 --> 00:00:02.000): save it as .txt.")
    for start, end, words in cues:
        named, said = _spoken(words)
        if not said:
            continue
        silent = start - ended > _PAUSE and out.last_line().endswith(_SENTENCE_END)
        if (named and named != speaker) or silent:
            out.gap()
            speaker = named or speaker
            said = f"{speaker}: {said}" if speaker else said
        elif not speaker and out.last_line().endswith(_SENTENCE_END) and len(said) > 200:
            out.gap()
        out.add(said, "", _clock(start))
        ended = end
    return out.form(encoding, empty="The transcript holds no words.")


def _cues(lines: list[str]) -> list[tuple[float, float, str]]:
    """Give start and end in seconds and the words of each cue; notes, styles and counters are left out."""
    found: list[tuple[float, float, str]] = []
    i = 0
    while i < len(lines):
        time_line = _CUE.fullmatch(lines[i][:200])
        i += 1
        if time_line is None:
            continue
        words = []
        while i < len(lines) and lines[i].strip() and not _CUE.fullmatch(lines[i][:200]):
            words.append(lines[i].strip())
            i += 1
        if i < len(lines) and words and words[-1].isdigit() and lines[i].strip():
            words.pop()  # the counter of the next cue, where no empty line stands between
        found.append((_seconds(*time_line.group(1, 2, 3)), _seconds(*time_line.group(4, 5, 6)), "\n".join(words)))
    return found


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _spoken(words: str) -> tuple[str, str]:
    """Give who speaks ("" when the cue does not say) and the words, on one line without tags."""
    voice = _VOICE.search(words)
    bare = " ".join(html.unescape(_TAG.sub("", _VOICE.sub("", words))).split())
    if voice:
        return " ".join(html.unescape(voice[1]).split()), bare
    named = _NAMED.match(bare)
    # "One thing: we are late" is no name; names have at most four words.
    if named and len(named[1].split()) <= 4 and (named[1][:1].isupper() or named[1][:1] > "\u2e80"):
        return named[1], bare[named.end() :]
    return "", bare
