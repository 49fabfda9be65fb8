"""Prompts as files: `NAME.vN.md` with front matter, checked when loaded.

A prompt file begins with TOML between two lines of `+++`:

- `purpose`: one sentence
- `variables`: names that the program fills in
- `untrusted`: those of them that carry text from notes, mail or a person; they are fenced as data, and they may stand
  in the user part only
- `schema`: the JSON schema of the answer, as a JSON text

The rest has two parts, `# system` and `# user`, with variables written `{{name}}`. A released version is never edited:
a change is a new file with the next number.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.errors import KnowledgeError

_FRONT = re.compile(r"\A\+\+\+\n(?P<front>.*?)\n\+\+\+\n(?P<rest>.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\A\s*# system\n(?P<system>.*?)\n# user\n(?P<user>.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
# Characters that nobody sees and that could stand within a delimiter; joiners of letters are none of them.
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Our delimiters, also in full-width letters.
_FENCE = re.compile(
    r"[<＜﹤]{2,}\s*[/／]?\s*data\b[^<>＜＞﹤﹥\n]{0,80}[>＞﹥]{2,}|(?:[<＜﹤][ \t]?){3,}|(?:[>＞﹥][ \t]?){3,}",
    re.IGNORECASE,
)
# What the chat templates of open models write between turns and around calls of tools: some servers read it as such
# wherever it stands, so that text from a note could begin a turn of its own.
_TURN = re.compile(
    r"<[|｜][^<>|｜\n]{0,60}[|｜]>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK)\]|<</?SYS>>"
    r"|</?(?:s|bos|eos|unk|pad|sop|eop|start_of_turn|end_of_turn|think|tools|tool_calls?|tool_response|function_calls?"
    r"|function_results?|invoke|im_start|im_end)(?:\s[^<>\n]{0,200})?>",
    re.IGNORECASE,
)
_KEYS = {"purpose", "variables", "untrusted", "schema"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One version of a prompt, ready to be filled in."""

    name: str
    version: int
    purpose: str
    variables: frozenset[str]
    untrusted: frozenset[str]
    system: str
    user: str
    schema: Mapping[str, object]

    @property
    def id(self) -> str:
        """Name and version as they are stored with a draft, e.g. `write.v1`."""
        return f"{self.name}.v{self.version}"

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Give the system and the user part with the values put in; untrusted ones come fenced.

        Raises KnowledgeError when the values are not exactly the declared variables.
        """
        if set(values) != self.variables:
            odd = ", ".join(sorted(set(values) ^ self.variables))
            raise KnowledgeError(f"Prompt {self.id} was given other variables than it declares: {odd}.")
        ready = {name: fence(name, text) if name in self.untrusted else text for name, text in values.items()}

        # One pass, so that a value that looks like a variable stays what it is.
        def put(part: str) -> str:
            return _VARIABLE.sub(lambda match: ready[match[1]], part)

        return put(self.system), put(self.user)


def fence(name: str, text: str) -> str:
    """Wrap untrusted text in delimiters that the text itself cannot contain."""
    return f"<<<data {name}>>>\n{without_fences(text)}\n<<</data {name}>>>"


def without_fences(text: str) -> str:
    """Take our delimiters and the marks of turns and tools out of a text, until nothing more is found."""
    text = _UNSEEN.sub("", text)
    while True:
        cleaned = _FENCE.sub("", _TURN.sub("", text))
        if cleaned == text:
            return text
        text = cleaned


@cache
def load_prompt(name: str, version: int) -> Prompt:
    """Load a prompt that ships with the program. Raises KnowledgeError for a missing or broken file."""
    file = resources.files("assistant.prompts") / f"{name}.v{version}.md"
    if not file.is_file():
        raise KnowledgeError(f"There is no prompt {name}.v{version}.")
    return parse_prompt(name, version, file.read_text(encoding="utf-8"))


def parse_prompt(name: str, version: int, text: str) -> Prompt:
    """Read a prompt file's text. Raises KnowledgeError that names what is wrong with it."""
    label = f"Prompt {name}.v{version}"
    front_match = _FRONT.match(text)
    parts = _PARTS.match(front_match["rest"]) if front_match else None
    if front_match is None or parts is None:
        raise KnowledgeError(f"{label} needs front matter between +++ lines, then '# system' and '# user'.")
    front = _front(label, front_match["front"])
    system, user = parts["system"].strip(), parts["user"].strip()
    variables = frozenset(front.variables)
    in_system, in_user = set(_VARIABLE.findall(system)), set(_VARIABLE.findall(user))
    problems = {
        "uses variables that it does not declare": (in_system | in_user) - variables,
        "declares variables that it does not use": variables - (in_system | in_user),
        "puts untrusted text into its system part": in_system & set(front.untrusted),
        "calls untrusted what is no variable": set(front.untrusted) - variables,
    }
    for problem, names in problems.items():
        if names:
            raise KnowledgeError(f"{label} {problem}: {', '.join(sorted(names))}.")
    return Prompt(name, version, front.purpose, variables, frozenset(front.untrusted), system, user, front.schema)


@dataclass(frozen=True, slots=True)
class _Front:
    purpose: str
    variables: list[str]
    untrusted: list[str]
    schema: Mapping[str, object]


def _front(label: str, text: str) -> _Front:
    try:
        front = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{label} has front matter that is not TOML: {error}.") from error
    if set(front) != _KEYS:
        raise KnowledgeError(f"{label} must have exactly these keys: {', '.join(sorted(_KEYS))}.")
    lists = {key: front[key] for key in ("variables", "untrusted")}
    if not isinstance(front["purpose"], str) or not front["purpose"].strip():
        raise KnowledgeError(f"{label} has no purpose.")
    for key, names in lists.items():
        if not isinstance(names, list) or not all(isinstance(item, str) for item in names):
            raise KnowledgeError(f"{label}: {key} must be a list of names.")
    try:
        schema = json.loads(front["schema"])
    except (TypeError, json.JSONDecodeError) as error:
        raise KnowledgeError(f"{label} has a schema that is not JSON.") from error
    if not isinstance(schema, dict):
        raise KnowledgeError(f"{label} has a schema that is no JSON object.")
    return _Front(front["purpose"].strip(), lists["variables"], lists["untrusted"], schema)
