"""Words of the notes told as they stand: who said them where, in the message's language, and then the quotation."""

import re

from assistant.domain.project import Language
from assistant.writing.nouns_en import upper_first

_FIRST_TOLD: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"^In the meeting of (?P<day>[^:“]{3,30}) this was said: (?=“)"),
    "zh": re.compile(r"^(?P<day>[0-9年月日]{3,12})的会议上提到：(?=「)"),
}


def quoted(text: str, day: str, language: Language) -> str:
    """Quote a line of a note and say where it comes from."""
    words = text.strip().rstrip("。.")
    if language == "zh":
        return f"{f'{day}的记录' if day else '我们的记录'}：「{words}」。"
    return f"{f'Our notes of {day} say' if day else 'Our notes say'}: “{words}.”"


def told_in_meeting(words: str, day: str, language: Language) -> str:
    """Quote what was said in a meeting; the words stay the speaker's."""
    if language == "zh":
        return f"{f'{day}的会议上' if day else '会议上'}提到：「{words.rstrip('。')}」。"
    return f"{f'In the meeting of {day}' if day else 'In a meeting'} this was said: “{upper_first(words)}”"


def meeting_of(text: str, language: Language) -> str:
    """Give the day of the meeting that a sentence quotes; empty for other sentences."""
    found = _FIRST_TOLD[language].match(text)
    return found["day"] if found else ""


def told_again(text: str, language: Language) -> str:
    """Shorten the opening of a meeting's second quotation in a row."""
    again = "当天会议上还提到：" if language == "zh" else r"Also on \g<day>: "
    return _FIRST_TOLD[language].sub(again, text)
