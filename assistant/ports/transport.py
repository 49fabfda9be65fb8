"""The way out of the program."""

from typing import Protocol

from assistant.domain.outbox import OutboxEntry


class Transport(Protocol):
    """Takes one approved message out of the program."""

    @property
    def name(self) -> str:
        """What it is called on screens, e.g. `outbox folder`."""
        ...

    def deliver(self, entry: OutboxEntry) -> OutboxEntry:
        """Deliver and give the entry in its new state, `detail` saying where it went. Raises DeliveryError."""
        ...

    def recover(self, entry: OutboxEntry) -> OutboxEntry:
        """Settle an entry whose delivery was cut off: finish what can be repeated safely, else UNCERTAIN."""
        ...
