"""Locks by which a process shows that it is delivering an entry. The system frees them when the process dies."""

from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import StorageError


class DeliveryLocks:
    """One lock file for each entry on its way out, in `folder`; held from the claim until the result is stored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, FileLock] = {}

    def take(self, entry_id: str) -> bool:
        """Take the lock unless somebody alive holds it. Raises StorageError when the folder cannot be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Not thread-local: the worker that lets go need not be the one that took it.
            lock = FileLock(self._folder / f"{entry_id}.lock", thread_local=False)
            lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise StorageError(
                f"{self._folder} cannot be written ({type(error).__name__}): check its permissions and the free space."
            ) from error
        self._held[entry_id] = lock
        return True

    def let_go(self, entry_id: str, *, for_good: bool) -> None:
        """Free the lock if it is held here; `for_good` also removes its file, for an entry that never goes out again.

        The file of an entry that may be tried again stays: removing it while somebody looks at it would let two
        processes hold a lock of the same name.
        """
        lock = self._held.pop(entry_id, None)
        if lock is None:
            return
        lock.release()
        if for_good:
            Path(lock.lock_file).unlink(missing_ok=True)
