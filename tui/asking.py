"""How screens ask services: in a thread worker, one call, one message back, late answers dropped."""

from collections.abc import Callable
from typing import TypeVar

from textual.dom import DOMNode
from textual.message import Message
from textual.worker import get_current_worker

Answer = TypeVar("Answer")


def ask(
    node: DOMNode,
    group: str,
    work: Callable[[], Answer],
    done: Callable[[Answer], Message],
    *,
    newest_only: bool = True,
) -> None:
    """Do work in a thread and post its message to the node; errors arrive as `Worker.StateChanged`.

    With `newest_only`, an earlier question of the same group is cancelled and its late answer is discarded.
    """

    def run() -> None:
        worker = get_current_worker()
        answer = work()
        if not worker.is_cancelled:
            node.post_message(done(answer))

    node.run_worker(run, name=group, group=group, exit_on_error=False, exclusive=newest_only, thread=True)
