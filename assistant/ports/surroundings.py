"""What surrounds every use case: the clock, new ids, the projects and the guidance of the workspace."""

from datetime import datetime
from typing import Protocol

from assistant.domain.guidance import GuidancePoint, Playbook
from assistant.domain.project import Language, Project


class Clock(Protocol):
    """The present moment, aware, in UTC."""

    def __call__(self) -> datetime:
        """Give now."""
        ...


class NewId(Protocol):
    """Short unique ids, e.g. `d-7f3a9c1e`."""

    def __call__(self, prefix: str) -> str:
        """Give a new id that begins with the prefix and a hyphen."""
        ...


class Projects(Protocol):
    """The projects of the workspace, read from their cards."""

    def all(self) -> tuple[Project, ...]:
        """Give every project, by slug."""
        ...

    def get(self, slug: str) -> Project:
        """Give one. Raises ProjectNotFoundError, SettingsError."""
        ...


class GuidanceLibrary(Protocol):
    """The guidance points and playbooks that ship with the program, and the workspace's own playbooks."""

    def points(self, language: Language) -> tuple[GuidancePoint, ...]:
        """Give every point in that language. Raises KnowledgeError."""
        ...

    def point(self, point_id: str, language: Language) -> GuidancePoint:
        """Give one point. Raises GuidanceNotFoundError."""
        ...

    def kinds(self) -> tuple[str, ...]:
        """Give the kinds of message there is a playbook for."""
        ...

    def playbook(self, kind: str) -> Playbook:
        """Give the playbook of a kind. Raises GuidanceNotFoundError, KnowledgeError."""
        ...
