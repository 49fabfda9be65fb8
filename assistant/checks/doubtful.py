"""Words of a claim that its sources do not bear out, found by the trained model: a hint, never a verdict by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.input import Source
from assistant.checks.lexicon.tokens import tokens
from assistant.checks.reading import Reading, ReadSentence
from assistant.checks.statements import statements
from assistant.checks.word_model import Examined, Known, examine, language_of, model, quiet
from assistant.domain.finding import Finding, Severity

CODE = "words"
STATES_NOTHING = frozenset(
    {Role.GREETING, Role.CLOSING, Role.THANKS, Role.QUESTION, Role.PROPOSAL, Role.FRAME, Role.GAP}
)
_MOST_RUNS = 3
_NEAR = 0.6  # of the worst word's doubt: what its neighbours need to be named with it
_MOST_SAID, _MOST_SHOWN = 80, 160


@dataclass(frozen=True, slots=True)
class Doubted:
    """One claim with what the model makes of it; `codes` are those of the findings that the rules made about it."""

    sentence: ReadSentence
    examined: Examined
    codes: tuple[str, ...]


def examined_claims(reading: Reading, findings: Sequence[Finding], check: str) -> Iterator[Doubted]:
    """Hold each claim against the passages that it cites. Claims in another language than those are left out."""
    by_sentence = _by_sentence(findings, check)
    for sentence in reading.sentences:
        own = by_sentence.get(sentence.place.sentence.id, [])
        examined = _examined(reading, sentence, own)
        if examined is not None:
            yield Doubted(sentence, examined, tuple(f.code for f in own))


def _by_sentence(findings: Sequence[Finding], check: str) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.check == check and finding.code != CODE and finding.sentence_id and finding.start is not None:
            found.setdefault(finding.sentence_id, []).append(finding)
    return found


def _examined(reading: Reading, sentence: ReadSentence, own: Sequence[Finding]) -> Examined | None:
    cited = reading.cited(sentence)
    if not cited or sentence.role in STATES_NOTHING or not _same_language(sentence.text, cited):
        return None
    return examine(sentence.text, tuple(s.passage.text for s in cited), known(sentence, own))


def known(sentence: ReadSentence, findings: Sequence[Finding]) -> Known:
    """Give what the rules say of a sentence: the findings about it, and the facts to which none of them objects."""
    begin = sentence.place.start
    objections = tuple((f.start - begin, (f.end or f.start) - begin, f.code) for f in findings if f.start is not None)
    narrow = [(start, end) for start, end, _ in objections if (start, end) != (0, len(sentence.text))]
    proved = tuple((f.start, f.end) for f in sentence.checked if not any(a < f.end and f.start < b for a, b in narrow))
    return Known(objections, proved)


def _same_language(text: str, cited: Sequence[Source]) -> bool:
    said = _language(text)
    return any(_language(source.passage.text) == said for source in cited)


@lru_cache(maxsize=16_384)
def _language(text: str) -> str:
    return language_of(tokens(text))


def doubtful_words(reading: Reading, findings: Sequence[Finding], check: str) -> Iterator[Finding]:
    """Name the words of claims that stand worse than nine of ten good ones and to which no rule objects: an info."""
    objected = _by_sentence(findings, check)
    for sentence in reading.sentences:
        if sentence.place.sentence.id in objected:
            continue
        examined = _examined(reading, sentence, ())
        if examined is not None and examined.alone >= quiet(examined.language):
            yield from about(reading, Doubted(sentence, examined, ()), check)


def about(reading: Reading, claim: Doubted, check: str) -> Iterator[Finding]:
    """Make a finding of each run of a claim's most doubtful words, with what the nearest source sentence says."""
    found = claim.examined.tokens
    limit = model(claim.examined.language).word_limit
    for first, last in runs([float(r) for r in claim.examined.risks], limit):
        start, end = found[first].start, found[last].end
        where, source = _nearest(reading, claim)
        values = {"said": claim.sentence.text[start:end][:_MOST_SAID], "where": where, "source": source}
        yield claim.sentence.finding(check, CODE, Severity.INFO, values, span=(start, end))


def runs(risks: Sequence[float], limit: float) -> list[tuple[int, int]]:
    """Give the first and last word of the most doubtful runs of words, in their order; `limit` is the least doubt."""
    chosen: list[tuple[int, int]] = []
    for i in sorted(range(len(risks)), key=lambda i: (-risks[i], i)):
        if len(chosen) == _MOST_RUNS or (chosen and risks[i] < limit):
            break
        if any(first <= i <= last for first, last in chosen):
            continue
        least = max(limit, _NEAR * risks[i])
        first = last = i
        while first > 0 and risks[first - 1] >= least:
            first -= 1
        while last + 1 < len(risks) and risks[last + 1] >= least:
            last += 1
        chosen.append((first, last))
    return sorted(chosen)


def _nearest(reading: Reading, claim: Doubted) -> tuple[str, str]:
    """Give the source sentence that shares most with the claim, and its place."""
    best: tuple[int, str, str] = (-1, "", "")
    for source in reading.cited(claim.sentence):
        for statement in statements(source):
            shared = len(claim.sentence.words & statement.words)
            if shared > best[0]:
                best = (shared, statement.where, statement.text.strip()[:_MOST_SHOWN])
    return best[1], best[2]
