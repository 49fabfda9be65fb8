"""Fields to choose from, filled in the interface's language."""

from collections.abc import Sequence

from textual.widgets import Select

from assistant.domain.project import Project
from tui.plain import shown


class ProjectSelect(Select[str]):
    """One project of the workspace, or none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__([], id=id, allow_blank=True)

    def fill(self, projects: Sequence[Project], prompt: str, wanted: str = "") -> None:
        """Offer the projects, keeping what was chosen, else the wanted one, else the only one."""
        self.prompt = prompt
        chosen = self.slug or wanted
        self.set_options([(shown(p.name), p.slug) for p in projects])
        slugs = [p.slug for p in projects]
        if chosen in slugs:
            self.value = chosen
        elif len(slugs) == 1:
            self.value = slugs[0]

    @property
    def slug(self) -> str:
        """The chosen project's slug, empty for none."""
        return self.value if isinstance(self.value, str) else ""
