"""All checks in their fixed order, over one input."""

from collections.abc import Callable
from types import MappingProxyType

from assistant.checks import (
    audience,
    commitments,
    coverage,
    gap,
    injection,
    message_language,
    overcertain,
    superseded,
    support,
    told_before,
    tone,
    vague_time,
    watermelon,
)
from assistant.checks.input import CheckInput
from assistant.domain.finding import Finding, in_order

Check = Callable[[CheckInput], list[Finding]]

_MODULES = (
    gap,
    audience,
    support,
    superseded,
    told_before,
    commitments,
    overcertain,
    coverage,
    watermelon,
    vague_time,
    message_language,
    tone,
    injection,
)
CHECKS: MappingProxyType[str, Check] = MappingProxyType({module.CHECK: module.check for module in _MODULES})
CODES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType({module.CHECK: module.CODES for module in _MODULES})


def run_checks(given: CheckInput) -> tuple[Finding, ...]:
    """Run every check and give the findings in order: severity, place, check, code; no finding twice."""
    return in_order([finding for check in CHECKS.values() for finding in check(given)])
