"""When Python looks for garbage: not while the desk opens, and not under a person's keys.

A full collection goes through every object there is: with 10,000 drafts in the queue it was measured at 0.1 s, every
three seconds while somebody types, and no key is answered meanwhile. So the full ones are done when the keys rest, and
what survived one is taken out of the next. The small ones, a few milliseconds each, go on by themselves.
"""

import gc
import time

REST_SECONDS = 0.7
"""A pause in typing that is longer than one between words."""
SMALL, MIDDLE, FULL = 700, 10, 100
"""Python's own thresholds but for the last: by itself a full one comes only where keys never rest for half a minute."""


def hold() -> None:
    """Collect nothing from now on, until the first `settle`."""
    gc.disable()


def settle() -> None:
    """Take everything there is by now out of later collections, and collect what comes after it."""
    gc.freeze()
    gc.set_threshold(SMALL, MIDDLE, FULL)
    gc.enable()


class Collector:
    """Finds the moments for full collections. Times are those of `time.monotonic`."""

    def __init__(self) -> None:
        self._pressed = 0.0
        self._owed = self._closed = False

    def pressed(self) -> None:
        """Note that a key or the mouse was used."""
        self._pressed, self._owed = time.monotonic(), True

    def closed(self) -> None:
        """Note that a screen was left: what belonged to it can go."""
        self._closed = True

    def rest(self) -> bool:
        """Collect if the keys rest and something happened since the last time; tells whether it did."""
        if not self._owed or time.monotonic() - self._pressed < REST_SECONDS:
            return False
        if self._closed:
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._owed = self._closed = False
        return True
