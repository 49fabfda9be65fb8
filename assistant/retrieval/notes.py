"""A note's kind, date and visibility, each with whether a person stated it or it was worked out from signs.

The rules are those of the architecture's Words. The date never comes from the file's modification time: copying or
syncing a folder would change what was known when.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase

from assistant.domain.note import Certainty, Note, NoteKind
from assistant.domain.project import Project, Visibility
from assistant.language.dates import find_dates, parse_iso_prefix
from assistant.retrieval.formats.form import Mark, TextForm
from assistant.retrieval.mail import Mail, open_mails
from assistant.retrieval.outline import DATE_LEVEL, Heading, Outline, headings, outline
from assistant.retrieval.passages import Sheet, cut_passages
from assistant.retrieval.readers import MAIL_SUFFIXES, check_suffix, text_form
from assistant.retrieval.turns import Turn, find_turns

RULES = "5"
"""Raised whenever the same bytes would be read differently, so that every note is read again."""

NOTES_FOLDER = "notes/"
_BETWEEN_MAILS = "\n\n\n"

_KIND_NAMES = {
    "sent": NoteKind.SENT, "已发": NoteKind.SENT, "已发送": NoteKind.SENT, "发出": NoteKind.SENT,
    "received": NoteKind.RECEIVED, "收到": NoteKind.RECEIVED, "来信": NoteKind.RECEIVED,
    "minutes": NoteKind.MINUTES, "meeting": NoteKind.MINUTES, "纪要": NoteKind.MINUTES, "会议纪要": NoteKind.MINUTES,
    "log": NoteKind.LOG, "日志": NoteKind.LOG, "decision": NoteKind.DECISION, "decisions": NoteKind.DECISION,
    "决策": NoteKind.DECISION, "决定": NoteKind.DECISION, "plan": NoteKind.PLAN, "计划": NoteKind.PLAN,
    "chat": NoteKind.CHAT, "聊天": NoteKind.CHAT, "other": NoteKind.OTHER, "其他": NoteKind.OTHER,
}  # fmt: skip
_KIND_SIGNS = (
    (NoteKind.MINUTES, r"minutes|meeting notes|steering call|纪要|会议记录"),
    (NoteKind.DECISION, r"decisions?(?: log| record)?|决策|决定记录"),
    (NoteKind.CHAT, r"chat|teams|slack|whatsapp|wechat|微信|群记录|群聊|聊天|钉钉|飞书"),
    (NoteKind.LOG, r"(?:project |daily |work )?log|logbook|journal|日志|日报|流水"),
    (NoteKind.PLAN, r"plan|schedule|timetable|roadmap|计划|排期|进度表"),
)
_SIGNS = tuple((kind, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)) for kind, words in _KIND_SIGNS)
_SENT_LINE = re.compile(
    r"\W*(?:e-?mail|message|update) sent\b|\W*(?:邮件)?(?:已发送|已发出|已发)(?![现生])", re.IGNORECASE
)
_PRESENT_LINE = re.compile(
    r"\W*(?:present|attendees|participants|attending|参会|出席|与会)\w{0,3}\W*\s*[:：]", re.IGNORECASE
)
_CLOCK = r"\[?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\]?"
_CHAT_LINE = re.compile(rf"\s*(?:{_CLOCK}\s+\S{{1,24}}\s?[:：]|\S{{1,24}}\s+{_CLOCK}\s*[:：])")
_DATE_LABEL = re.compile(
    r"\W*(?:(?:date|dated|when|sent|e-?mail sent|as of|(?:last )?(?:updated|touched|reviewed|edited))\b"
    r"|日期|时间|会议时间|发送时间|更新|最后更新|截至|记录时间)\W*",
    re.IGNORECASE,
)
_NOT_ITS_DATE = re.compile(
    r"\b(?:by|until|due|before|from|to|deadline|go-?live|launch)\b|前|截止|上线|到期|起|改到|改为|调整", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}")


@dataclass(frozen=True, slots=True)
class _Signs:
    kind: tuple[NoteKind, Certainty]
    dated: tuple[date | None, Certainty]


def reader_key(project: Project) -> str:
    """Name the reading rules and what of the card they use; a note read under another key is read again."""
    parts = [
        RULES,
        project.default_visibility,
        *project.internal_globs,
        "\x1e",
        project.sender.name,
        project.sender.email,
        *(f"{contact.name}\x1f{contact.email}" for contact in project.contacts),
    ]
    return f"{RULES}:{hashlib.sha256(chr(30).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def note_text(path: str, data: bytes) -> str:
    """Give the text form of a file, to which the passages' lines and characters refer. Raises UnreadableNoteError."""
    if check_suffix(path) in MAIL_SUFFIXES:
        return _BETWEEN_MAILS.join(mail.text for mail in open_mails(path, data))
    return text_form(path, data).text


def read_note(project: Project, path: str, data: bytes) -> Note:
    """Read a file into a note with its passages. Raises UnreadableNoteError."""
    if check_suffix(path) in MAIL_SUFFIXES:
        mails = open_mails(path, data)
        text, encoding = _BETWEEN_MAILS.join(mail.text for mail in mails), "mail"
        sheets = list(_mail_sheets(project, path, mails))
    else:
        form = text_form(path, data)
        text, encoding = form.text, form.encoding
        sheets = [_sheet(project, path, form)]
    # Of several mails the note is as old as the newest and of the kind they share; each passage has its own.
    newest = max(sheets, key=lambda sheet: sheet.dated[0] or date.min)
    kinds = {sheet.kind for sheet in sheets}
    kind, kind_certainty = kinds.pop() if len(kinds) == 1 else (NoteKind.OTHER, Certainty.INFERRED)
    return Note(
        project=project.slug,
        path=path,
        digest=hashlib.sha256(data).hexdigest(),
        text=text,
        encoding=encoding,
        kind=kind,
        kind_certainty=kind_certainty,
        dated=newest.dated[0],
        date_certainty=newest.dated[1],
        visibility=newest.visibility[0],
        visibility_certainty=newest.visibility[1],
        passages=cut_passages(*sheets),
    )


def _sheet(project: Project, path: str, form: TextForm, mail: Mail | None = None) -> Sheet:
    found = outline(form.text, mail.body_start if mail else None)
    signs = _signs(project, path, found, mail)
    turns = () if mail else find_turns([found.words(i) for i in range(len(found.lines))], found.body, signs.dated[0])
    signs = _with_turns(signs, turns)
    sections = _with_days(tuple(headings(found, signs.dated[0])), turns)
    return Sheet(
        project=project.slug,
        path=path,
        outline=found,
        headings=_dated_headings(sections, signs.dated[0], NoteKind.CHAT if turns else signs.kind[0]),
        dated=signs.dated,
        kind=signs.kind,
        visibility=_visibility(project, path, found),
        subject=mail.subject if mail else found.mail_head.get("subject", ""),
        is_mail=mail is not None or bool(found.mail_head),
        marks=form.marks or tuple(Mark(turn.line, "", turn.clock) for turn in turns),
        turns=turns,
    )


def _with_turns(signs: _Signs, turns: tuple[Turn, ...]) -> _Signs:
    """Let a pasted chat be known as one, and as old as its newest day, where nothing else says what it is."""
    days = [turn.day for turn in turns if turn.day is not None]
    is_chat = bool(days) or (bool(turns) and not turns[0].clock.startswith("0"))
    kind = (NoteKind.CHAT, Certainty.INFERRED) if is_chat and signs.kind[0] is NoteKind.OTHER else signs.kind
    own = not days or signs.dated[0] not in {None, *days}
    return _Signs(kind, signs.dated if own else (max(days), Certainty.STATED))


def _with_days(sections: tuple[Heading, ...], turns: tuple[Turn, ...]) -> tuple[Heading, ...]:
    """Begin a section, without a title, where the next day of a chat begins."""
    added: list[Heading] = []
    taken = {heading.line for heading in sections}
    day: date | None = None
    for turn in turns:
        if turn.day is not None and turn.day != day:
            day = turn.day
            if turn.line not in taken:
                added.append(Heading(turn.line, DATE_LEVEL, "", internal=False, dated=day, dated_exactly=True))
    return tuple(sorted((*sections, *added), key=lambda heading: heading.line))


def _mail_sheets(project: Project, path: str, mails: tuple[Mail, ...]) -> Iterator[Sheet]:
    start = line = 0
    for mail in mails:
        # In a mailbox the file's name dates none of the mails.
        named = path if len(mails) == 1 else ""
        sheet = _sheet(project, named, TextForm(mail.text, "mail", mail.marks), mail)
        visibility = _visibility(project, path, sheet.outline)
        yield replace(sheet, path=path, visibility=visibility, start=start, line=line)
        start += len(mail.text) + len(_BETWEEN_MAILS)
        line += mail.text.count("\n") + _BETWEEN_MAILS.count("\n")


def _signs(project: Project, path: str, found: Outline, mail: Mail | None) -> _Signs:
    return _Signs(_kind(project, path, found, mail), _date(path, found, mail))


# --- kind ---------------------------------------------------------------------------------------------------


def _kind(project: Project, path: str, found: Outline, mail: Mail | None) -> tuple[NoteKind, Certainty]:
    stated = _KIND_NAMES.get(found.meta.get("kind", "").casefold())
    if stated is not None:
        return stated, Certainty.STATED
    if mail is not None:
        return _mail_kind(project, [mail.sender], list(mail.recipients)), Certainty.STATED
    kind = _copied_mail_kind(project, found.mail_head) or _kind_by_words(path, found) or NoteKind.OTHER
    return kind, Certainty.INFERRED


def _copied_mail_kind(project: Project, head: dict[str, str]) -> NoteKind | None:
    if not head:
        return None
    parts = [part for name in ("to", "cc") for part in re.split(r"[,;，；、]", head.get(name, ""))]
    receivers = [party for party in map(_party, parts) if any(party)]
    kind = _mail_kind(project, [_party(head["from"])], receivers)
    return None if kind is NoteKind.OTHER else kind


def _kind_by_words(path: str, found: Outline) -> NoteKind | None:
    name = path.rpartition("/")[2].rpartition(".")[0]
    head = _first_lines(found, 6)
    if any(_SENT_LINE.match(line) for line in head[:3]):
        return NoteKind.SENT
    for words in (re.sub(r"[_-]", " ", name), *(line for line in head[:3] if len(line) <= 120)):
        for kind, sign in _SIGNS:
            if sign.search(words):
                return kind
    if any(_PRESENT_LINE.match(line) for line in head):
        return NoteKind.MINUTES
    if sum(_CHAT_LINE.match(line) is not None for line in _first_lines(found, 20)) >= 3:
        return NoteKind.CHAT
    return None


def _party(words: str) -> tuple[str, str]:
    address = _ADDRESS.search(words)
    name = re.sub(r"[<(\[（].*", "", words).strip(" \"'*")
    return name, address[0].casefold() if address else ""


def _mail_kind(project: Project, senders: Iterable[tuple[str, str]], receivers: list[tuple[str, str]]) -> NoteKind:
    """From the project's sender to the client: sent. From the client: received. A mail among colleagues is neither."""
    if any(_is_sender(project, party) for party in senders):
        told = not receivers or any(_is_client(project, party) for party in receivers)
        return NoteKind.SENT if told else NoteKind.OTHER
    return NoteKind.RECEIVED if any(_is_client(project, party) for party in senders) else NoteKind.OTHER


def _is_sender(project: Project, party: tuple[str, str]) -> bool:
    name, address = party
    if address:
        return address == project.sender.email.casefold()
    return bool(name) and name.casefold() == project.sender.name.casefold()


def _is_client(project: Project, party: tuple[str, str]) -> bool:
    name, address = party
    if not address:
        return project.contact_named(name) is not None
    own = project.sender.email.casefold().rpartition("@")[2]
    domains = {contact.email.casefold().rpartition("@")[2] for contact in project.contacts} - {own, ""}
    return project.contact_by_email(address) is not None or address.rpartition("@")[2] in domains


# --- date ---------------------------------------------------------------------------------------------------


def _date(path: str, found: Outline, mail: Mail | None) -> tuple[date | None, Certainty]:
    stated = found.meta.get("date", "")
    day = parse_iso_prefix(stated) or _whole_date(stated)
    if day is not None:
        return day, Certainty.STATED
    day = parse_iso_prefix(path.rpartition("/")[2])
    if day is not None:
        return day, Certainty.STATED
    if mail is not None:
        # A mail's head is surer than a date that its first sentence happens to hold.
        return (mail.sent, Certainty.STATED) if mail.sent else (None, Certainty.UNKNOWN)
    for name in ("sent", "date"):
        day = _whole_date(found.mail_head.get(name, ""))
        if day is not None:
            return day, Certainty.STATED
    return _date_in_first_lines(found)


def _date_in_first_lines(found: Outline) -> tuple[date | None, Certainty]:
    start = 0 if found.mail_head else found.body
    lines = [words for i in range(start, min(len(found.lines), start + 30)) if (words := found.words(i)).strip()][:8]
    for words in lines:
        label = _DATE_LABEL.match(words)
        day = _whole_date(words[label.end() : label.end() + 60]) if label else None
        if day is not None:
            return day, Certainty.STATED
    for place, words in enumerate(lines):
        # A sentence's date is what the note is about; only a title's is the note's own.
        is_title = place == 0 and not words.rstrip().endswith((".", "。", "!", "！", "?", "？", ",", "，", ";", "；"))
        if not is_title and not words.lstrip().startswith("#"):
            continue
        day = _whole_date(words[:200])
        if day is not None:
            return day, Certainty.STATED if words.lstrip().startswith("#") else Certainty.INFERRED
    return None, Certainty.UNKNOWN


def _whole_date(words: str) -> date | None:
    """The first day with its year in the words, unless it is named as a time by which something is due."""
    for one in sorted(find_dates(words, None), key=lambda found: found.start):
        if one.rule == "absolute" and not one.vague and not _NOT_ITS_DATE.search(words[: one.start][-16:]):
            try:
                return date.fromisoformat(one.value)
            except ValueError:
                continue
    return None


def _dated_headings(found: tuple[Heading, ...], noted: date | None, kind: NoteKind) -> tuple[Heading, ...]:
    """Keep a heading's date where it tells when a section was written.

    In a plan a later date is what the section is about; in a log, minutes or a chat it is when it happened.
    """
    grows = kind in {NoteKind.LOG, NoteKind.CHAT, NoteKind.MINUTES, NoteKind.DECISION}
    return tuple(
        heading
        if heading.dated is None or grows or (noted is not None and heading.dated <= noted)
        else Heading(heading.line, heading.level, heading.title, heading.internal)
        for heading in found
    )


def _first_lines(found: Outline, n: int) -> list[str]:
    lines = (found.words(i) for i in range(found.body if not found.mail_head else 0, len(found.lines)))
    chosen = []
    for words in lines:
        if words.strip():
            chosen.append(words)
            if len(chosen) == n:
                break
    return chosen


# --- visibility ---------------------------------------------------------------------------------------------


def _visibility(project: Project, path: str, found: Outline) -> tuple[Visibility, Certainty]:
    if found.stated_visibility:
        # A word that is not understood keeps the note inside: the other mistake cannot be taken back.
        is_client = found.stated_visibility.casefold() in {"client", "public", "external", "客户", "客户可见", "公开"}
        return (Visibility.CLIENT if is_client else Visibility.INTERNAL), Certainty.STATED
    if any(_matches(path, glob) for glob in project.internal_globs):
        return Visibility.INTERNAL, Certainty.STATED
    return project.default_visibility, Certainty.INFERRED


def _matches(path: str, glob: str) -> bool:
    """Match a card's glob, letter case aside, against the path in the project's folder or in its notes folder."""
    pattern = unicodedata.normalize("NFC", glob).casefold().strip().removeprefix("./").rstrip("/")
    full = unicodedata.normalize("NFC", path).casefold()
    patterns = {pattern, pattern.replace("**/", ""), f"{pattern}/*"}
    return bool(pattern) and any(
        fnmatchcase(name, one) for name in (full, full.removeprefix(NOTES_FOLDER)) for one in patterns
    )
