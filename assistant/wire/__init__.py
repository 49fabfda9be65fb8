"""The JSON objects that the commands print and the API returns, documented in docs/json.md.

Pure functions from the nouns to dictionaries ready for JSON. Who may see what is decided here, once: with
`internal=False` nothing of an internal passage is in the object; with `outside=True` (another program reads it) a
finding about another client says only that the text matches material that is not this client's.
"""

from assistant.wire.covering import INTERNAL_CODES, OTHER_CLIENT_CODES, Json, covered_subject
from assistant.wire.drafts import (
    check_json,
    checked_row_json,
    draft_json,
    entry_json,
    findings_json,
    project_json,
    row_json,
)
from assistant.wire.history import history_json
from assistant.wire.meetings import actions_json, meeting_json, stored_item_json
from assistant.wire.notes import guidance_json, inbound_json, search_json, triage_json

__all__ = [
    "INTERNAL_CODES",
    "OTHER_CLIENT_CODES",
    "Json",
    "actions_json",
    "check_json",
    "checked_row_json",
    "covered_subject",
    "draft_json",
    "entry_json",
    "findings_json",
    "guidance_json",
    "history_json",
    "inbound_json",
    "meeting_json",
    "project_json",
    "row_json",
    "search_json",
    "stored_item_json",
    "triage_json",
]
