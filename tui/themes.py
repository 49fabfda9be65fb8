"""The desk's two themes: calm surfaces, one accent, colours only where they mean something."""

from textual.theme import Theme

DARK = Theme(
    name="sincerely-dark",
    primary="#8fb4d8",
    secondary="#a7b3c2",
    accent="#d5b48a",
    warning="#e3b75f",
    error="#e58a80",
    success="#93c69a",
    foreground="#d9dce2",
    background="#15171b",
    surface="#1c1f25",
    panel="#242830",
    dark=True,
    variables={
        "boost-cursor": "#263240",
        "muted": "#8d95a1",
        "faint": "#5b626d",
        "line": "#3b414b",
        "border": "#8fb4d8",
    },
)
LIGHT = Theme(
    name="sincerely-light",
    primary="#2f608f",
    secondary="#55606c",
    accent="#8a5a22",
    warning="#8a5c00",
    error="#ab3026",
    success="#2f6f3c",
    foreground="#23272e",
    background="#fbf9f5",
    surface="#f1eee7",
    panel="#e7e3da",
    dark=False,
    variables={
        "boost-cursor": "#dfe8f0",
        "muted": "#626a75",
        "faint": "#9aa0a8",
        "line": "#c9c2b4",
        "border": "#2f608f",
    },
)
