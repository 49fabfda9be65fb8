"""A person's decisions about a draft, and what an approval rests on."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from assistant.domain import review
from assistant.domain.draft import Draft, Evidence, text_digest
from assistant.domain.inbound import Inbound
from assistant.domain.note import Passage
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Project, Visibility
from assistant.domain.review import Approval, OutgoingMessage, Release, WaiverReason
from assistant.domain.view import Confirmation, DraftView, NoteExcerpt
from assistant.domain.voiding import VoidCode, VoidReason
from assistant.errors import (
    ApprovalVoidError,
    ConflictError,
    InvalidInputError,
    ProjectNotFoundError,
    SettingsError,
    StaleRevisionError,
    StateError,
    UnreadableNoteError,
)
from assistant.ports import (
    Clock,
    DraftProposer,
    DraftReviewer,
    NewId,
    NoteFolder,
    OutboxReader,
    PassageStore,
    Projects,
)
from assistant.retrieval.notes import note_text

_REPLY = re.compile(r"\s*(re|aw|sv|antw|回复|答复|回覆)\s*[:：]", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")
_MAX_REFERENCES = 50


# --- what goes out ----------------------------------------------------------------------------------------


def build_message(draft: Draft, project: Project, inbound: Inbound | None) -> OutgoingMessage:
    """Give exactly what would leave now: head from the project card and the client's mail, body from the draft.

    The subject is one line and begins with `Re:` in an answer. Message-IDs of the client's mail that are none are
    left out: they came from outside.
    """
    subject = _one_line(draft.subject)
    if inbound is not None and not _REPLY.match(subject):
        subject = f"Re: {subject}".rstrip()
    answered = _message_ids((inbound.mail.message_id,)) if inbound else ()
    earlier = _message_ids(inbound.mail.references) if inbound else ()
    references = tuple(dict.fromkeys((*earlier, *answered)))
    if len(references) > _MAX_REFERENCES:
        references = (references[0], *references[1 - _MAX_REFERENCES :])
    return OutgoingMessage(
        sender_name=_one_line(project.sender.name),
        sender_email=project.sender.email.strip(),
        recipients=draft.recipients,
        subject=subject,
        body=draft.body,
        in_reply_to=answered[0] if answered else "",
        references=references,
    )


def approve_draft(
    view: DraftView,
    shown: Confirmation,
    *,
    by: str,
    drafts: DraftReviewer,
    projects: Projects,
    store: PassageStore,
    undo: timedelta,
    clock: Clock,
    new_id: NewId,
) -> OutboxEntry:
    """Approve exactly what the confirmation showed; approval and outbox row are stored in one transaction.

    `view` carries findings of a check made just now, and the index is up to date. Nothing leaves before `undo` is
    over. Raises StaleRevisionError, StateError while something is left to settle, ApprovalVoidError when the message
    or a cited text is no longer what was shown.
    """
    draft = view.draft
    if not by.strip():
        raise InvalidInputError("An approval names who approves; set your name in sincerely.toml.")
    require_revision(draft, shown.revision)
    project = projects.get(draft.project)
    message = build_message(draft, project, view.inbound)
    if not message.digest() == shown.digest == shown.message.digest():
        raise ApprovalVoidError(f"Draft {draft.id} would no longer send what was shown; look at it once more.")
    if any(project.contact_by_email(r.email) is None for r in message.recipients):
        raise StateError(f"Draft {draft.id} goes to somebody who is no contact of project {project.slug}.")
    now = clock()
    approval = review.approve(draft, message, view.findings, view.waivers, by=by.strip(), at=now)
    changed = _passage_reason(draft, frozenset(r.passage_id for r in view.releases), store)
    if changed is not None:
        raise ApprovalVoidError(
            f"Draft {draft.id} cites {changed.values['path']}, which changed since; check the draft again."
        )
    entry_id = new_id("o")
    entry = OutboxEntry(
        id=entry_id,
        draft_id=draft.id,
        revision=draft.revision,
        project=draft.project,
        message=message,
        approved_digest=approval.message_digest,
        message_id=_new_message_id(entry_id, message),
        approved_by=approval.by,
        created_at=now,
        not_before=now + undo,
    )
    drafts.approve(draft.approved(), approval, entry)
    return entry


def withdraw(entry_id: str, *, drafts: DraftReviewer, outbox: OutboxReader, clock: Clock) -> OutboxEntry:
    """Take an approval back while nothing has left; the draft is open again. Raises StateError, ConflictError."""
    entry = outbox.entry(entry_id)
    reason = VoidReason(VoidCode.WITHDRAWN).as_text()
    withdrawn = entry.moved(OutboxState.WITHDRAWN, at=clock(), detail=reason)
    drafts.withdraw(drafts.get(entry.draft_id).reopened(reason), withdrawn)
    return withdrawn


# --- whether an approval still holds ------------------------------------------------------------------------


def void_reason(
    entry: OutboxEntry, approval: Approval, *, drafts: DraftProposer, projects: Projects, store: PassageStore
) -> VoidReason | None:
    """Say why an approval no longer holds, or None while it does.

    It does not hold once recipients, subject, body, attachments or sender would be others, the text of a cited
    passage went away or became internal, or the client wrote again in the same thread. Other changes of a cited
    file do not matter.
    """
    try:
        project = projects.get(entry.project)
    except (ProjectNotFoundError, SettingsError):
        return VoidReason(VoidCode.PROJECT_UNREADABLE, {"project": entry.project})
    draft = drafts.get(entry.draft_id)
    inbound = drafts.inbound(draft.inbound_id) if draft.inbound_id else None
    parts = _changed_parts(entry.message, build_message(draft, project, inbound))
    if parts:
        return VoidReason(VoidCode.MESSAGE_CHANGED, {"parts": ", ".join(parts)})
    stranger = next((r for r in entry.message.recipients if project.contact_by_email(r.email) is None), None)
    if stranger is not None:
        return VoidReason(VoidCode.RECIPIENT_GONE, {"email": stranger.email})
    released = frozenset(r.passage_id for r in drafts.releases(draft.id))
    return _passage_reason(draft, released, store) or _newer_mail(inbound, approval.at, drafts)


def void_if_stale(
    entry: OutboxEntry,
    *,
    superseded: Callable[[Draft], bool],
    drafts: DraftReviewer,
    projects: Projects,
    store: PassageStore,
    clock: Clock,
) -> OutboxEntry:
    """Make a queued entry void, and its draft open again, once its approval no longer holds; else give it unchanged.

    `superseded` says whether a newer passage changes a value that the draft cites.
    """
    if entry.state is not OutboxState.QUEUED:
        return entry
    approval = drafts.approval(entry.draft_id, entry.revision)
    if approval is None:
        return entry
    draft = drafts.get(entry.draft_id)
    reason = void_reason(entry, approval, drafts=drafts, projects=projects, store=store)
    if reason is None and superseded(draft):
        reason = VoidReason(VoidCode.SUPERSEDED)
    if reason is None:
        return entry
    void = entry.moved(OutboxState.VOID, at=clock(), detail=reason.as_text())
    try:
        drafts.withdraw(draft.reopened(reason.as_text()), void)
    except ConflictError:
        return entry  # taken back or claimed meanwhile; whoever claims it asks `void_reason` again
    return void


def _changed_parts(approved: OutgoingMessage, now: OutgoingMessage) -> tuple[str, ...]:
    """Name the parts that differ, in the words of `domain.voiding.MESSAGE_PARTS`."""
    compared = {
        "sender": (approved.sender_name, approved.sender_email) == (now.sender_name, now.sender_email),
        "recipients": approved.recipients == now.recipients,
        "subject": approved.subject == now.subject,
        "body": approved.body == now.body,
        "attachments": approved.attachments == now.attachments,
        "thread": (approved.in_reply_to, approved.references) == (now.in_reply_to, now.references),
    }
    return tuple(part for part, same in compared.items() if not same)


def _passage_reason(draft: Draft, released: frozenset[str], store: PassageStore) -> VoidReason | None:
    cited = draft.cited()
    found = store.by_ids(draft.project, [e.passage.id for e in cited])
    for evidence in cited:
        passage = evidence.passage
        now = found.get(passage.id)
        if now is None or text_digest(now.text) != text_digest(passage.text):
            now = _same_text(passage, store)
        if now is None:
            return VoidReason(VoidCode.PASSAGE_GONE, {"path": passage.path})
        if now.visibility is Visibility.INTERNAL and not {now.id, passage.id} & released:
            return VoidReason(VoidCode.PASSAGE_INTERNAL, {"path": now.path})
    return None


def _same_text(passage: Passage, store: PassageStore) -> Passage | None:
    """Find the passage where it stands now: lines moved by an edit above it, or a note that was renamed.

    Its own note comes before others, and a place where it may be told before an internal one.
    """
    wanted = text_digest(passage.text)
    same = [p for p in store.passages(passage.project) if text_digest(p.text) == wanted]
    return min(same, key=lambda p: (p.path != passage.path, p.visibility is Visibility.INTERNAL), default=None)


def _newer_mail(answered: Inbound | None, approved_at: datetime, drafts: DraftProposer) -> VoidReason | None:
    if answered is None:
        return None
    thread = _thread(answered)
    for later in drafts.inbound_since(answered.project, approved_at):
        if later.id != answered.id and thread & _thread(later):
            return VoidReason(VoidCode.NEWER_MAIL, {"inbound": later.id})
    return None


def _thread(inbound: Inbound) -> frozenset[str]:
    ids = (inbound.mail.message_id, *inbound.mail.references)
    return frozenset(bare for i in ids if (bare := i.strip().strip("<>")))


# --- settling -----------------------------------------------------------------------------------------------


def require_revision(draft: Draft, revision: int) -> None:
    """Refuse to go on from a revision that is not the newest. Raises StaleRevisionError."""
    if draft.revision != revision:
        raise StaleRevisionError(
            f"Draft {draft.id} is now at revision {draft.revision}, not {revision}; open it again before you go on."
        )


def reject_draft(draft_id: str, revision: int, reason: str, *, drafts: DraftReviewer) -> Draft:
    """Put a draft away for a reason. Raises StaleRevisionError, StateError, InvalidInputError without a reason."""
    if not reason.strip():
        raise InvalidInputError(f"Draft {draft_id}: say in a few words why it is rejected.")
    draft = drafts.get(draft_id)
    require_revision(draft, revision)
    rejected = draft.rejected(reason.strip())
    drafts.reject(rejected)
    return rejected


def waive_finding(
    view: DraftView,
    finding_id: str,
    reason: WaiverReason,
    *,
    words: str,
    by: str,
    drafts: DraftReviewer,
    clock: Clock,
) -> None:
    """Settle a warning with a listed reason. Raises StateError for a block or a finding that is gone."""
    finding = next((f for f in view.findings if f.id == finding_id), None)
    if finding is None:
        raise StateError(f"Draft {view.draft.id} has no finding {finding_id} any more; open it again.")
    drafts.waive(review.waive(finding, view.draft.id, reason, by=by, at=clock(), words=words))


def release_passage(
    draft: Draft,
    passage_id: str,
    reason: str,
    *,
    by: str,
    drafts: DraftReviewer,
    store: PassageStore,
    clock: Clock,
) -> None:
    """Allow one internal passage of this project in this message, with a recorded reason.

    Another client's text has no release: passages of other projects are not found. Raises InvalidInputError.
    """
    require_releasable(store.by_ids(draft.project, [passage_id]).get(passage_id), passage_id, draft.project, reason)
    drafts.release(Release(draft.id, passage_id, by, clock(), reason.strip()))


def require_releasable(passage: Passage | None, passage_id: str, project: str, reason: str) -> None:
    """Make sure that a passage of a project can be released for that reason. Raises InvalidInputError."""
    if passage is None:
        raise InvalidInputError(f"Project {project} has no passage {passage_id}; index the notes and look again.")
    if passage.visibility is not Visibility.INTERNAL:
        raise InvalidInputError(f"Passage {passage_id} may be told anyway; it needs no release.")
    if not reason.strip():
        raise InvalidInputError(f"Passage {passage_id}: say in a few words why the client may be told.")


# --- sources ------------------------------------------------------------------------------------------------


def cite(draft: Draft, sentence_id: str, passage: Passage | None, *, at: datetime) -> Draft:
    """Give a sentence one more source, as the next revision. Raises InvalidInputError, StateError."""
    if passage is None or passage.project != draft.project:
        raise InvalidInputError(f"Draft {draft.id}: there is no such passage in project {draft.project}.")
    if passage.visibility is Visibility.INTERNAL:
        raise StateError(f"Passage {passage.id} is internal and cannot be a source for the client.")
    if all(s.id != sentence_id for s in draft.sentences()):
        raise InvalidInputError(f"Draft {draft.id} has no sentence {sentence_id}.")
    evidence = draft.evidence
    known = next((e for e in evidence if e.passage.id == passage.id and e.passage.text == passage.text), None)
    if known is None:
        known = Evidence(max((e.n for e in evidence), default=0) + 1, passage)
        evidence = (*evidence, known)
    n = known.n
    sections = tuple(
        replace(
            section,
            sentences=tuple(
                replace(s, evidence=(*s.evidence, n)) if s.id == sentence_id and n not in s.evidence else s
                for s in section.sentences
            ),
        )
        for section in draft.sections
    )
    return draft.revised(at=at, sections=sections, evidence=evidence)


def stated_fact_note(words: str, *, by: str, on: date, new_id: NewId) -> tuple[str, str]:
    """Give name and text of the note that keeps what a person knows from elsewhere, e.g. from a phone call.

    A dated note of kind `log` that may be told, its source `stated by NAME`. Raises InvalidInputError without words.
    """
    if not words.strip():
        raise InvalidInputError("Say in a few words what you know.")
    head = f"date: {on.isoformat()}\nkind: log\nvisibility: client\nsource: stated by {_one_line(by)}"
    return f"{on.isoformat()}-{new_id('stated')}.md", f"---\n{head}\n---\n\n{words.strip()}\n"


def excerpt(draft: Draft, n: int, *, folder: NoteFolder, around: int) -> NoteExcerpt:
    """Give the lines of the note around a piece of evidence, `around` before and after it, as the file is now.

    A passage that only moved is shown where it stands. Where its words are gone from the file, or the file from the
    folder, the words that the draft rests on are shown and `changed` says so. Raises InvalidInputError.
    """
    evidence = draft.evidence_numbered(n)
    if evidence is None:
        raise InvalidInputError(f"Draft {draft.id} has no evidence E{n}.")
    passage = evidence.passage
    try:
        text = note_text(passage.path, folder.read(draft.project, passage.path))
    except UnreadableNoteError:
        text = ""
    at = passage.start if text[passage.start : passage.end] == passage.text else text.find(passage.text)
    if at < 0 or not passage.text:
        own = tuple(passage.text.split("\n"))
        return NoteExcerpt(passage.path, passage.start_line, own, passage.start_line, passage.end_line, changed=True)
    start_line = text.count("\n", 0, at) + 1
    end_line = start_line + passage.text.rstrip("\n").count("\n")
    first = max(1, start_line - around)
    lines = tuple(text.split("\n")[first - 1 : end_line + around])
    return NoteExcerpt(passage.path, first, lines, start_line, end_line)


# --- inner steps --------------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    """Give a text that can stand in a mail's head: blanks and control characters become single spaces."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())


def _message_ids(texts: tuple[str, ...]) -> tuple[str, ...]:
    bracketed = (f"<{t.strip().strip('<>')}>" for t in texts)
    return tuple(t for t in bracketed if _MESSAGE_ID.fullmatch(t))


def _new_message_id(entry_id: str, message: OutgoingMessage) -> str:
    domain = re.sub(r"[^A-Za-z0-9.-]", "", message.sender_email.rpartition("@")[2]).strip(".-")
    return f"<{entry_id}.{message.digest()[:16]}@{domain or 'sincerely.invalid'}>"
