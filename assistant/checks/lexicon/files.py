"""The files that lie beside the code: packed ones made by bench/build_lexicon.py, and lists written by hand."""

import gzip
from importlib.resources import files


def _read(name: str) -> bytes:
    return files("assistant.checks.lexicon").joinpath("data", name).read_bytes()


def unpacked(name: str) -> bytes:
    """Give the whole content of a packed file."""
    return gzip.decompress(_read(name))


def listed(name: str) -> list[str]:
    """Give the lines of a list."""
    return _read(name).decode().splitlines()
