"""Action items in `state.db` (port `ActionItems`)."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Engine, select, update
from sqlalchemy.dialects.sqlite import insert

from assistant.adapters.database.codec import dumps
from assistant.adapters.database.engine import reading
from assistant.adapters.database.item_codec import item_from_json, item_to_json
from assistant.adapters.database.state_rows import changing, decode, storable
from assistant.adapters.database.state_schema import action_items
from assistant.domain.actions import StoredItem
from assistant.errors import ConflictError, NotFoundError

_ITEMS_A_PLACE = 8  # one sentence may hold several tasks
_NEWEST_LAST = (action_items.c.change, action_items.c.place)


class StoredItems:
    """Keeps action items. Safe to use from several threads; `engine` is that of a `state.db` at the present schema."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def items(self, project: str) -> tuple[StoredItem, ...]:
        """Give a project's items in the order in which they were last changed."""
        query = select(action_items.c.id, action_items.c.content).where(action_items.c.project == project)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(*_NEWEST_LAST)).all()
        return tuple(decode(f"action item {row.id}", row.content, item_from_json) for row in rows)

    def item(self, item_id: str) -> StoredItem:
        """Give one. Raises NotFoundError."""
        query = select(action_items.c.content).where(action_items.c.id == item_id)
        with reading(self._engine) as connection:
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            raise NotFoundError(f"There is no action item {item_id}.")
        return decode(f"action item {item_id}", text, item_from_json)

    def add(self, items: Sequence[StoredItem]) -> tuple[StoredItem, ...]:
        """Store proposals and give those that were new: the same place of the same text is kept once."""
        new: list[StoredItem] = []
        seen: Counter[tuple[str, int]] = Counter()
        with changing(self._engine) as (connection, change):
            for item in items:
                at = (item.meeting.digest, item.found.start)
                seen[at] += 1
                added = connection.execute(
                    insert(action_items)
                    .values(
                        id=item.id,
                        project=item.project,
                        version=item.version,
                        state=item.state.value,
                        digest=item.meeting.digest,
                        place=item.found.start * _ITEMS_A_PLACE + min(seen[at], _ITEMS_A_PLACE) - 1,
                        change=change,
                        content=storable(dumps(item_to_json(item))),
                    )
                    .on_conflict_do_nothing(index_elements=["project", "digest", "place"])
                    .returning(action_items.c.id)
                ).scalar_one_or_none()
                if added is not None:
                    new.append(item)
        return tuple(new)

    def change(self, item: StoredItem) -> None:
        """Store an item's next version. Raises ConflictError when somebody else changed it first."""
        with changing(self._engine) as (connection, change):
            done = connection.execute(
                update(action_items)
                .where(action_items.c.id == item.id, action_items.c.version == item.version - 1)
                .values(
                    version=item.version,
                    state=item.state.value,
                    change=change,
                    content=storable(dumps(item_to_json(item))),
                )
            )
            if done.rowcount != 1:
                raise ConflictError(f"Action item {item.id} was changed by somebody else: look at it again.")
