"""Key bindings whose names and tips stand in the catalogues, so that footer, help and palette speak both languages."""

from dataclasses import replace

from textual.binding import ActiveBinding, Binding

from assistant.domain.project import Language
from assistant.errors import KnowledgeError
from assistant.i18n import text

NAME = "desk.key."
TIP = "desk.tip."


def key(keys: str, action: str, name: str, *, show: bool = True, priority: bool = False) -> Binding:
    """Bind keys to an action. `name` is the binding's id; its texts are `desk.key.<name>` and `desk.tip.<name>`."""
    return Binding(keys, action, NAME + name, show=show, priority=priority, id=name, tooltip=TIP + name)


def is_known(name: str) -> bool:
    """Tell whether a binding has that id; every id has a name in the catalogues."""
    try:
        return bool(text(NAME + name, "en"))
    except KnowledgeError:
        return False


def is_ours(binding: Binding) -> bool:
    """Tell a binding of the desk from one that a stock widget brings along."""
    return binding.description.startswith(NAME)


def localised(bindings: dict[str, ActiveBinding], language: Language) -> dict[str, ActiveBinding]:
    """Give active bindings with their names and tips in the interface's language."""
    spoken = {}
    for pressed, active in bindings.items():
        binding = active.binding
        if is_ours(binding):
            name, tip = text(binding.description, language), text(binding.tooltip, language)
            said = replace(binding, description=name, tooltip=tip)
            spoken[pressed] = ActiveBinding(active.node, said, active.enabled, tip)
        else:
            spoken[pressed] = active
    return spoken
