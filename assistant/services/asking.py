"""What a person asks of a writer: use what is internal, change a draft, translate it, say what was changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import reviewing, revising
from assistant.domain.draft import Draft, WriterReason
from assistant.domain.project import Language
from assistant.domain.rewriting import Heard, ReviewTranslation, RewritingOutcome, Wish, unheard
from assistant.domain.view import DraftRequest, DraftView
from assistant.ports import DraftReviewer
from assistant.services.propose import Cancelled, ProposeServices, never


@dataclass(frozen=True, slots=True)
class AskingServices(ProposeServices):
    """Asking the writer from the desk. Part of `DeskServices`; nobody else is handed it."""

    reviews: DraftReviewer
    reviewer: str

    def draft_releasing(
        self,
        request: DraftRequest,
        released: Mapping[str, str],
        *,
        heard: Heard = unheard,
        cancelled: Cancelled = never,
    ) -> DraftView:
        """Draft with internal passages that the person allows in this message: passage ids with the reason for each.

        Each release is recorded with the draft, as one made later. Raises InvalidInputError for a passage that is not
        there, is not internal, or has no reason; and what `draft` raises.
        """
        found = self.store.by_ids(request.project, list(released))
        for passage_id, reason in released.items():
            reviewing.require_releasable(found.get(passage_id), passage_id, request.project, reason)
        view = self._drafted(request, heard=heard, cancelled=cancelled, released=list(found.values()))
        for passage_id, reason in released.items():
            self._release(view.draft, passage_id, reason)
        self.reviews.replace_findings(view.draft.id, view.draft.revision, self.check(view.draft, inbound=view.inbound))
        return self.view(view.draft.id)

    def _release(self, draft: Draft, passage_id: str, reason: str) -> None:
        reviewing.release_passage(
            draft, passage_id, reason, by=self.reviewer, drafts=self.reviews, store=self.store, clock=self.clock
        )

    def revise(
        self, draft_id: str, revision: int, wish: Wish, *, heard: Heard = unheard, cancelled: Cancelled = never
    ) -> RewritingOutcome:
        """Let a writer change the draft as a person wishes, check the result and store it as the next revision.

        Nothing is stored where no part of the wish could be followed: `changed` and `left_out` are then empty and
        `not_followed` says what. Raises StaleRevisionError, StateError, InvalidInputError; ModelError and
        ForbiddenError where the settings allow no fallback; ModelUnavailableError when it was cancelled.
        """
        view = self.view(draft_id)
        reviewing.require_revision(view.draft, revision)
        project = self.projects.get(view.draft.project)
        revised = revising.revise_draft(
            view,
            wish,
            project=project,
            playbook=self.library.playbook(view.draft.kind) if view.draft.kind in self.library.kinds() else None,
            writers=self.writers(project),
            search=self._search_for_writer(project, view.draft.as_of),
            clock=self.clock,
            heard=heard,
            cancelled=cancelled,
        )
        if revised.draft is not None:
            view = self._store_revision(view, revised.draft, revision)
        return RewritingOutcome(view, revised.changed, revised.left_out, revised.not_followed, revised.writer)

    def translate_for_review(
        self, draft_id: str, language: Language | None = None, *, cancelled: Cancelled = never
    ) -> ReviewTranslation:
        """Put the newest revision into the reviewer's language (by default the other one), sentence by sentence.

        Nothing is stored and it is never sent. Raises ModelUnavailableError where no model may see this client's
        text, ForbiddenError, ModelError.
        """
        draft = self.drafts.get(draft_id)
        project = self.projects.get(draft.project)
        writers = self.writers(project)
        return revising.translate_draft(
            draft,
            language,
            project=project,
            translator=writers.translator,
            reasons=writers.reasons,
            cancelled=cancelled,
        )

    def without_model(self, slug: str) -> WriterReason | None:
        """Say why no model writes for a project; None where one may, so that what needs one can be offered."""
        reasons = self.writers(self.projects.get(slug)).reasons
        return reasons[0] if reasons else None

    def _store_revision(self, view: DraftView, draft: Draft, revision: int) -> DraftView:
        reviewing.require_revision(view.draft, revision)
        findings = self.check(draft, inbound=view.inbound)
        self.reviews.revise(draft, findings)
        return self.view(draft.id)
