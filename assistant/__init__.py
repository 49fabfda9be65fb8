"""Sincerely's core: domain, use cases, checks, writing, retrieval and their adapters."""

from typing import Final

__version__: Final = "0.1.0"
