"""Names that keep what must not meet apart: a vector collection for each project and visibility, and one for guidance.

Vector stores allow only `[a-zA-Z0-9._-]` in names and 3 to 512 characters; project names may be Chinese. The embedder's
name is part of the name, so vectors of two embedders never lie in one collection.
"""

import hashlib

from assistant.domain.project import Language, Visibility


def collection_name(project: str, visibility: Visibility, embedder: str) -> str:
    """Name the collection of one project's passages of one visibility."""
    parts = "\x1f".join((project, visibility.value, embedder))
    return f"p-{hashlib.sha256(parts.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def guidance_space(language: Language) -> str:
    """Name what guidance is stored under in place of a project; no folder, and so no project, can be called that."""
    return f"guidance/{language}"
