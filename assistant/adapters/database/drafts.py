"""Drafts, client mail and a person's decisions in `state.db`.

Two classes, so that whoever is handed the first holds no method that decides anything.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from assistant.adapters.database import codec
from assistant.adapters.database.engine import reading
from assistant.adapters.database.state_rows import (
    changing,
    count_open,
    decode,
    entry_values,
    move_entry,
    read_draft,
    read_findings,
    reopen,
    storable,
    waived_ids,
)
from assistant.adapters.database.state_schema import (
    approvals,
    draft_revisions,
    drafts,
    inbound,
    outbox,
    releases,
    state_changes,
    waivers,
)
from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.finding import Finding
from assistant.domain.inbound import Inbound
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.review import Approval, Release, Waiver
from assistant.errors import (
    ConflictError,
    DraftNotFoundError,
    InboundNotFoundError,
    StaleRevisionError,
    StateError,
)
from assistant.ports import Clock, DraftRow

_ROW = (
    drafts.c.id,
    drafts.c.revision,
    drafts.c.project,
    drafts.c.kind,
    drafts.c.language,
    drafts.c.subject,
    drafts.c.status,
    drafts.c.created_at,
    drafts.c.changed_at,
    drafts.c.blocks,
    drafts.c.warnings,
    drafts.c.inbound_id,
    drafts.c.severity,
)
_STATUS = {status.value: status for status in DraftStatus}


class ProposedDrafts:
    """Reads and adds drafts and client mail (port `DraftProposer`). Safe to use from several threads.

    `engine` is that of a `state.db` at the present schema, see `migrate.prepare`.
    """

    def __init__(self, engine: Engine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    # --- reading

    def get(self, draft_id: str) -> Draft:
        """Give the newest revision. Raises DraftNotFoundError."""
        with reading(self._engine) as connection:
            return read_draft(connection, draft_id)

    def history(self, draft_id: str) -> tuple[Draft, ...]:
        """Give every revision, oldest first; only the newest carries the draft's status. Raises DraftNotFoundError."""
        with reading(self._engine) as connection:
            newest = read_draft(connection, draft_id)
            texts = connection.execute(
                select(draft_revisions.c.content)
                .where(draft_revisions.c.draft_id == draft_id, draft_revisions.c.revision < newest.revision)
                .order_by(draft_revisions.c.revision)
            ).scalars()
            earlier = tuple(
                decode(f"draft {draft_id}", t, lambda j: codec.draft_from_json(j, DraftStatus.OPEN, "")) for t in texts
            )
        return (*earlier, newest)

    def rows(self, projects: Sequence[str] | None = None) -> tuple[DraftRow, ...]:
        """Give the queue, newest change first; `projects` limits it."""
        query = select(*_ROW).order_by(drafts.c.change.desc())
        if projects is not None:
            query = query.where(drafts.c.project.in_(projects))
        read = datetime.fromisoformat
        with reading(self._engine) as connection:
            return tuple(
                DraftRow(
                    draft_id,
                    revision,
                    project,
                    kind,
                    language,
                    subject,
                    _STATUS[status],
                    read(created),
                    read(changed),
                    blocks,
                    warnings,
                    inbound_id,
                    severity,
                )
                for (
                    draft_id,
                    revision,
                    project,
                    kind,
                    language,
                    subject,
                    status,
                    created,
                    changed,
                    blocks,
                    warnings,
                    inbound_id,
                    severity,
                ) in connection.execute(query)
            )

    def findings(self, draft_id: str, revision: int) -> tuple[Finding, ...]:
        """Give the findings stored with a revision."""
        with reading(self._engine) as connection:
            return read_findings(connection, draft_id, revision)

    def waivers(self, draft_id: str) -> tuple[Waiver, ...]:
        """Give the waivers of a draft."""
        query = select(waivers.c.content).where(waivers.c.draft_id == draft_id).order_by(waivers.c.finding_id)
        with reading(self._engine) as connection:
            texts = connection.execute(query).scalars().all()
        return tuple(decode(f"waiver of draft {draft_id}", t, codec.waiver_from_json) for t in texts)

    def releases(self, draft_id: str) -> tuple[Release, ...]:
        """Give the internal passages released for this draft."""
        query = select(releases.c.content).where(releases.c.draft_id == draft_id).order_by(releases.c.passage_id)
        with reading(self._engine) as connection:
            texts = connection.execute(query).scalars().all()
        return tuple(decode(f"release of draft {draft_id}", t, codec.release_from_json) for t in texts)

    def change_mark(self) -> int:
        """Give the number that every change to the state raises, whichever process made it."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(state_changes.c.n)).scalar_one())

    def inbound(self, inbound_id: str) -> Inbound:
        """Give a client's message. Raises InboundNotFoundError."""
        with reading(self._engine) as connection:
            text = connection.execute(select(inbound.c.content).where(inbound.c.id == inbound_id)).scalar_one_or_none()
        if text is None:
            raise InboundNotFoundError(f"There is no client message {inbound_id}.")
        return decode(f"message {inbound_id}", text, codec.inbound_from_json)

    def inbound_by_message_id(self, project: str, message_id: str) -> Inbound | None:
        """Find a message that was already taken in; an empty Message-ID finds none."""
        if not message_id:
            return None
        query = select(inbound.c.content).where(
            inbound.c.project == project, inbound.c.message_id == storable(message_id)
        )
        with reading(self._engine) as connection:
            text = connection.execute(query).scalar_one_or_none()
        return None if text is None else decode("client message", text, codec.inbound_from_json)

    def inbound_since(self, project: str, moment: datetime) -> tuple[Inbound, ...]:
        """Give the client messages that a project took in after a moment, oldest first."""
        query = (
            select(inbound.c.content)
            .where(inbound.c.project == project, inbound.c.created_at > codec.time_text(moment))
            .order_by(inbound.c.created_at)
        )
        with reading(self._engine) as connection:
            texts = connection.execute(query).scalars().all()
        return tuple(decode("client message", t, codec.inbound_from_json) for t in texts)

    # --- adding

    def add(self, draft: Draft, findings: Sequence[Finding]) -> None:
        """Store a new draft's first revision with its findings. Raises ConflictError for an id that is taken."""
        blocks, warnings = count_open(findings, set())
        with changing(self._engine) as (connection, change):
            severity = connection.execute(
                select(inbound.c.severity).where(inbound.c.id == draft.inbound_id)
            ).scalar_one_or_none()
            added = connection.execute(
                upsert(drafts)
                .values(
                    id=draft.id,
                    revision=draft.revision,
                    project=draft.project,
                    kind=draft.kind,
                    language=draft.language,
                    subject=storable(draft.subject),
                    status=draft.status.value,
                    status_reason=storable(draft.status_reason),
                    created_at=codec.time_text(draft.created_at),
                    changed_at=codec.time_text(draft.created_at),
                    change=change,
                    blocks=blocks,
                    warnings=warnings,
                    inbound_id=draft.inbound_id,
                    severity=severity,
                )
                .on_conflict_do_nothing()
            )
            if added.rowcount != 1:
                raise ConflictError(f"Draft {draft.id} is already stored.")
            _insert_revision(connection, draft, findings)

    def add_inbound(self, message: Inbound) -> None:
        """Store a client's message. Raises ConflictError when it was already taken in."""
        with changing(self._engine) as (connection, _):
            added = connection.execute(
                upsert(inbound)
                .values(
                    id=message.id,
                    project=message.project,
                    message_id=storable(message.mail.message_id),
                    created_at=codec.time_text(message.created_at),
                    severity=message.triage.severity,
                    content=codec.dumps(codec.inbound_to_json(message)),
                )
                .on_conflict_do_nothing()
            )
            if added.rowcount != 1:
                raise ConflictError(f"Message {message.id} was already taken in for project {message.project}.")


class ReviewedDrafts(ProposedDrafts):
    """Besides, stores what a person decides (port `DraftReviewer`). Only the desk is handed this."""

    def revise(self, draft: Draft, findings: Sequence[Finding]) -> None:
        """Store the next revision. Raises StaleRevisionError unless it follows the stored one and the draft is open."""
        with changing(self._engine) as (connection, change):
            blocks, warnings = count_open(findings, waived_ids(connection, draft.id))
            self._move_head(
                connection,
                draft,
                stored_revision=draft.revision - 1,
                change=change,
                revision=draft.revision,
                language=draft.language,
                subject=storable(draft.subject),
                status_reason="",
                blocks=blocks,
                warnings=warnings,
            )
            _insert_revision(connection, draft, findings)

    def replace_findings(self, draft_id: str, revision: int, findings: Sequence[Finding]) -> None:
        """Store the findings of a new check. Raises StaleRevisionError unless it is the stored revision."""
        with changing(self._engine) as (connection, change):
            newest = select(drafts.c.revision).where(drafts.c.id == draft_id).scalar_subquery()
            replaced = connection.execute(
                update(draft_revisions)
                .where(
                    draft_revisions.c.draft_id == draft_id,
                    draft_revisions.c.revision == revision,
                    draft_revisions.c.revision == newest,
                )
                .values(findings=_findings_text(findings))
            )
            if replaced.rowcount != 1:
                raise _stale(connection, draft_id)
            self._recount(connection, draft_id, change)

    def waive(self, waiver: Waiver) -> None:
        """Store a waiver; a second one for the same finding replaces the first. Raises StateError once decided."""
        with changing(self._engine) as (connection, change):
            self._require_open(connection, waiver.draft_id)
            content = codec.dumps(codec.waiver_to_json(waiver))
            connection.execute(
                upsert(waivers)
                .values(draft_id=waiver.draft_id, finding_id=waiver.finding_id, content=content)
                .on_conflict_do_update(
                    index_elements=[waivers.c.draft_id, waivers.c.finding_id], set_={"content": content}
                )
            )
            self._recount(connection, waiver.draft_id, change)

    def unwaive(self, draft_id: str, finding_id: str) -> None:
        """Take a waiver back; one that is not there is no error. Raises StateError once the draft is decided."""
        with changing(self._engine) as (connection, change):
            self._require_open(connection, draft_id)
            connection.execute(
                delete(waivers).where(waivers.c.draft_id == draft_id, waivers.c.finding_id == finding_id)
            )
            self._recount(connection, draft_id, change)

    def release(self, release: Release) -> None:
        """Store the release of one internal passage for one draft. Raises StateError once the draft is decided."""
        with changing(self._engine) as (connection, change):
            self._require_open(connection, release.draft_id)
            content = codec.dumps(codec.release_to_json(release))
            connection.execute(
                upsert(releases)
                .values(draft_id=release.draft_id, passage_id=release.passage_id, content=content)
                .on_conflict_do_update(
                    index_elements=[releases.c.draft_id, releases.c.passage_id], set_={"content": content}
                )
            )
            self._recount(connection, release.draft_id, change)

    def reject(self, draft: Draft) -> None:
        """Store a rejection. Raises StaleRevisionError."""
        with changing(self._engine) as (connection, change):
            self._move_head(
                connection,
                draft,
                stored_revision=draft.revision,
                change=change,
                status=draft.status.value,
                status_reason=storable(draft.status_reason),
            )

    def approve(self, draft: Draft, approval: Approval, entry: OutboxEntry) -> None:
        """Store approval, status and outbox row in one transaction.

        The stored findings are counted once more here, whatever the caller believed. Raises StaleRevisionError,
        StateError while a finding is open.
        """
        with changing(self._engine) as (connection, change):
            left = connection.execute(
                select(drafts.c.blocks + drafts.c.warnings).where(
                    drafts.c.id == draft.id, drafts.c.revision == draft.revision
                )
            ).scalar_one_or_none()
            if left:
                raise StateError(f"Draft {draft.id} has {left} open findings; settle them before approving.")
            self._move_head(
                connection,
                draft,
                stored_revision=draft.revision,
                change=change,
                status=draft.status.value,
                status_reason="",
            )
            connection.execute(insert(outbox).values(**entry_values(entry)))
            connection.execute(
                insert(approvals).values(
                    entry_id=entry.id,
                    draft_id=approval.draft_id,
                    revision=approval.revision,
                    content=codec.dumps(codec.approval_to_json(approval)),
                )
            )

    def withdraw(self, draft: Draft, entry: OutboxEntry) -> None:
        """Store a draft reopened and its outbox row withdrawn or void, in one transaction. Raises ConflictError."""
        at = codec.time_text(self._clock())
        with changing(self._engine) as (connection, change):
            move_entry(connection, entry, at=at)
            reopen(connection, draft, change=change, at=at)

    def approval(self, draft_id: str, revision: int) -> Approval | None:
        """Give the approval of a revision that still stands: not one that was withdrawn or became void."""
        query = (
            select(approvals.c.content)
            .join(outbox, outbox.c.id == approvals.c.entry_id)
            .where(
                approvals.c.draft_id == draft_id,
                approvals.c.revision == revision,
                outbox.c.state.not_in([OutboxState.WITHDRAWN.value, OutboxState.VOID.value]),
            )
        )
        with reading(self._engine) as connection:
            text = connection.execute(query).scalar_one_or_none()
        return None if text is None else decode(f"approval of draft {draft_id}", text, codec.approval_from_json)

    # --- inner steps

    def _move_head(
        self, connection: Connection, draft: Draft, *, stored_revision: int, change: int, **values: object
    ) -> None:
        moved = connection.execute(
            update(drafts)
            .where(
                drafts.c.id == draft.id,
                drafts.c.revision == stored_revision,
                drafts.c.status == DraftStatus.OPEN.value,
            )
            .values(change=change, changed_at=codec.time_text(self._clock()), **values)
        )
        if moved.rowcount != 1:
            raise _stale(connection, draft.id)

    def _recount(self, connection: Connection, draft_id: str, change: int) -> None:
        revision = connection.execute(select(drafts.c.revision).where(drafts.c.id == draft_id)).scalar_one()
        findings = read_findings(connection, draft_id, revision)
        blocks, warnings = count_open(findings, waived_ids(connection, draft_id))
        connection.execute(
            update(drafts)
            .where(drafts.c.id == draft_id)
            .values(blocks=blocks, warnings=warnings, change=change, changed_at=codec.time_text(self._clock()))
        )

    @staticmethod
    def _require_open(connection: Connection, draft_id: str) -> None:
        status = connection.execute(select(drafts.c.status).where(drafts.c.id == draft_id)).scalar_one_or_none()
        if status is None:
            raise DraftNotFoundError(f"There is no draft {draft_id}.")
        if status != DraftStatus.OPEN.value:
            raise StateError(f"Draft {draft_id} is {status}; only an open draft can be changed.")


def _insert_revision(connection: Connection, draft: Draft, findings: Sequence[Finding]) -> None:
    connection.execute(
        insert(draft_revisions).values(
            draft_id=draft.id,
            revision=draft.revision,
            content=codec.dumps(codec.draft_to_json(draft)),
            findings=_findings_text(findings),
        )
    )


def _findings_text(findings: Sequence[Finding]) -> str:
    return codec.dumps([codec.finding_to_json(f) for f in findings])


def _stale(connection: Connection, draft_id: str) -> DraftNotFoundError | StaleRevisionError:
    row = connection.execute(select(drafts.c.revision, drafts.c.status).where(drafts.c.id == draft_id)).one_or_none()
    if row is None:
        return DraftNotFoundError(f"There is no draft {draft_id}.")
    return StaleRevisionError(
        f"Draft {draft_id} is now at revision {row.revision} and {row.status}; open it again before you go on."
    )
