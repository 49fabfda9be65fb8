"""Keys, limits and what every route is given."""

import hashlib
import hmac
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Request

from api.errors import TOO_MANY, ProblemError
from api.language import language_of
from assistant.domain.project import Language, Project
from assistant.errors import LockTimeoutError, ProjectNotFoundError
from assistant.services import ProposeServices

INTERNAL = "internal"
CHECKS_A_MINUTE = 60
_FRESH_FOR = 10.0  # seconds for which a project's index is taken to be up to date


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a key may reach. `projects` None is every project; scope `internal` shows internal notes too."""

    projects: frozenset[str] | None = None
    scopes: frozenset[str] = frozenset()

    def covers(self, slug: str) -> bool:
        """Tell whether the key reaches a project."""
        return self.projects is None or slug in self.projects

    @property
    def internal(self) -> bool:
        """Tell whether internal text may be in answers."""
        return INTERNAL in self.scopes


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the key's grant, and a name for it that is not the key."""

    key: ApiKey
    name: str


class KeyRing:
    """The keys of the service, held as digests and compared in constant time."""

    def __init__(self, keys: Mapping[str, ApiKey]) -> None:
        self._keys = [(hashlib.sha256(secret.encode()).digest(), key) for secret, key in keys.items()]

    def find(self, secret: str) -> Caller | None:
        """Find the caller of a secret. Every key is compared, so the time tells nothing about any of them."""
        given = hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()
        found: Caller | None = None
        for digest, key in self._keys:
            if hmac.compare_digest(digest, given):
                found = Caller(key, digest.hex()[:12])
        return found


class RateLimit:
    """So many calls a minute for each caller, counted over the minute that has just passed."""

    def __init__(self, calls: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls = calls
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, deque[float]] = {}

    def take(self, name: str) -> None:
        """Count a call. Raises ProblemError with Retry-After when there were too many."""
        with self._lock:
            now = self._clock()
            seen = self._seen.setdefault(name, deque())
            while seen and seen[0] <= now - 60:
                seen.popleft()
            if len(seen) >= self._calls:
                wait = max(1, int(seen[0] + 60 - now) + 1)
                raise ProblemError(TOO_MANY, {"Retry-After": str(wait)})
            seen.append(now)


class Freshness:
    """Brings a project's index up to date before it is read, at most once in a few seconds."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last: dict[str, float] = {}

    def refresh(self, services: ProposeServices, slug: str) -> None:
        """Index what changed; goes on with the index as it is while another process writes."""
        with self._lock:
            now = self._clock()
            if slug in self._last and now - self._last[slug] < _FRESH_FOR:
                return
            self._last[slug] = now
        try:
            services.refresh(slug)
        except LockTimeoutError:
            return


@dataclass(frozen=True, slots=True)
class Reach:
    """A project that the key covers, with everything a route needs to work on it."""

    services: ProposeServices
    caller: Caller
    project: Project
    freshness: Freshness

    @property
    def internal(self) -> bool:
        """Tell whether internal text may be in the answer."""
        return self.caller.key.internal

    def refresh(self) -> None:
        """Bring the project's index up to date."""
        self.freshness.refresh(self.services, self.project.slug)


def services_of(request: Request) -> ProposeServices:
    """Give the services the app was made with."""
    services: ProposeServices = request.app.state.services
    return services


def caller_of(request: Request) -> Caller:
    """Give who asks, as the door has established."""
    caller: Caller = request.state.caller
    return caller


Services = Annotated[ProposeServices, Depends(services_of)]
Asker = Annotated[Caller, Depends(caller_of)]
MessageLanguage = Annotated[Language, Depends(language_of)]
Slug = Annotated[str, Path(max_length=120, description="A project's name, as `GET /projects` gives it.")]


def reach_of(request: Request, services: Services, caller: Asker, slug: Slug) -> Reach:
    """Open a project for the caller. One that the key does not cover answers like one that does not exist."""
    if not caller.key.covers(slug):
        raise ProjectNotFoundError(slug)
    return Reach(services, caller, services.projects.get(slug), request.app.state.freshness)


InProject = Annotated[Reach, Depends(reach_of)]


def check_allowed(request: Request, caller: Asker) -> None:
    """Count a check against the caller's minute. Raises ProblemError when it is used up."""
    limit: RateLimit = request.app.state.checks
    limit.take(caller.name)
