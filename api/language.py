"""Which language a caller wants messages in."""

from starlette.requests import Request

from assistant.domain.project import Language


def language_of(request: Request) -> Language:
    """Give the language for messages: the better liked of English and Chinese in Accept-Language, else English."""
    best: tuple[float, Language] = (0.0, "en")
    for part in request.headers.get("accept-language", "")[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        tag = name.strip().lower()
        language: Language | None = "zh" if tag.startswith("zh") else "en" if tag.startswith("en") else None
        try:
            liking = float(weight) if weight else 1.0
        except ValueError:
            continue
        if language is not None and liking > best[0]:
            best = (liking, language)
    return best[1]
