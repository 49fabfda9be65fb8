"""What the offline writer can obey of a person's instruction, and what it has to leave to the person."""

import re
from dataclasses import dataclass

_PARTS = re.compile(r"[.;\n\uff1b\u3002]+")
_SILENCE = re.compile(
    r"^(?:please )?(?:do not|don't|don’t|never) (?:mention|say|write|include|talk about) (?P<en>.{2,80})$"
    r"|^(?:请)?(?:不要|别|不)(?:提到|提及|提|写|说)(?P<zh>.{1,40})$",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"^(?:please )?(?:keep it |make it |be )?(?:very )?(?:short|shorter|brief|concise)(?: please)?$"
    r"|^(?:请)?(?:写)?(?:简短|短|精简|简洁)(?:一?点|些)?$",
    re.IGNORECASE,
)
SHORT_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Instruction:
    """`silent_about` are words that no sentence may hold; `unused` is what was not understood, as written."""

    silent_about: tuple[str, ...] = ()
    short: bool = False
    unused: tuple[str, ...] = ()

    def allows(self, text: str) -> bool:
        """Whether a sentence holds none of the words it must not."""
        folded = text.casefold()
        return not any(words in folded for words in self.silent_about)


def read_instruction(words: str) -> Instruction:
    """Read an instruction part by part."""
    silent: list[str] = []
    unused: list[str] = []
    short = False
    for part in (part.strip(" ,\uff0c") for part in _PARTS.split(words)):
        found = _SILENCE.match(part)
        if found:
            about = (found["en"] or found["zh"]).strip(" \"'“”「」").casefold()
            silent.append(re.sub(r"^(?:the|a|an|our) ", "", about))
        elif _SHORT.match(part):
            short = True
        elif part:
            unused.append(part)
    return Instruction(tuple(silent), short, tuple(unused))
