"""Whether a sentence gives back what the client wrote: that needs no source of ours and claims nothing."""

import re

from assistant.checks.matching import carried
from assistant.checks.reading import Reading, ReadSentence
from assistant.checks.words import subject_words
from assistant.domain.facts import FactKind
from assistant.language.normal import fold

FROM_CLIENT = re.compile(r"\b(?:you|your|yours)\b|您|贵方|贵司|来信|来函|邮件", re.IGNORECASE)
_QUOTED = re.compile(r"[「『“\"]([^「」『』“”\"]{4,600})[」』”\"]")


def repeats_client(reading: Reading, sentence: ReadSentence) -> bool:
    """Tell whether a sentence quotes the client's message, or says most of it back without changing a value."""
    inbound = reading.given.inbound
    if inbound is None or not FROM_CLIENT.search(sentence.text):
        return False
    message = f"{inbound.mail.subject}\n{inbound.mail.body}"
    quotes = [fold(m[1]) for m in _QUOTED.finditer(sentence.text)]
    if quotes:
        whole = fold(message)
        return all(quote.rstrip(".。…!?！？,，") in whole for quote in quotes)
    words = sentence.words
    if len(words & subject_words(message)) * 2 < len(words):
        return False
    told = reading.inbound_facts()
    return all(carried(told, f, sentence.text) for f in sentence.checked if f.kind is not FactKind.NAME)
