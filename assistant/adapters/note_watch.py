"""Sees that something changed below a workspace's `projects` folder, by the system's own file notifications."""

from collections.abc import Iterator
from pathlib import Path

from assistant.errors import StorageError

_GATHER_MS = 400  # a save is several steps, and a copied folder many: they are taken together
_QUIET_MS = 1_000
_LOOK_EVERY = 60
"""Quiet seconds after which everything is looked through: network folders tell nothing of what others change."""


def watch_projects(workspace: Path) -> Iterator[frozenset[str] | None]:
    """Give, whenever files changed, the slugs of the projects they belong to; None means that any may have changed.

    The first answer comes about a second after the watch began and is None, for what changed before it did. Ends with
    KeyboardInterrupt. Raises StorageError when the folder cannot be watched.
    """
    from watchfiles import watch

    folder = workspace.resolve() / "projects"
    quiet = _LOOK_EVERY
    try:
        for changes in watch(
            folder,
            watch_filter=None,
            step=_GATHER_MS // 4,
            debounce=_GATHER_MS * 4,
            rust_timeout=_QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=True,
        ):
            if changes:
                slugs = {Path(path).relative_to(folder).parts[:1] for _, path in changes if Path(path) != folder}
                yield frozenset(slug for part in slugs for slug in part)
                continue
            quiet += 1
            if quiet > _LOOK_EVERY:
                quiet = 0
                yield None
    except (OSError, RuntimeError) as error:
        # Its Rust core says with either that a folder is missing or that the system's watches are used up.
        raise StorageError(
            f"{folder} cannot be watched: check that it exists, and that the system's limit of watched files "
            "(fs.inotify.max_user_watches on Linux) is not reached; `sincerely index` works without a watch."
        ) from error
