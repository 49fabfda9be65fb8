"""Which places of a text are already spoken for, so that one digit never counts twice."""


class Taken:
    """The claimed characters of a text; the first claim on a place wins."""

    def __init__(self, length: int) -> None:
        self._mask = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody has claimed any character of ``start:end``."""
        return self._mask.find(1, start, end) < 0

    def claim(self, start: int, end: int) -> bool:
        """Claim ``start:end``; False, and nothing changes, when part of it is taken or it is empty."""
        if start >= end or not self.is_free(start, end):
            return False
        self._mask[start:end] = b"\x01" * (end - start)
        return True
