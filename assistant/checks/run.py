"""All checks in their fixed order, over one input."""

from collections.abc import Callable
from types import MappingProxyType

from assistant.checks import audience, coverage, gap, superseded, support
from assistant.checks.input import CheckInput
from assistant.domain.finding import Finding, in_order

Check = Callable[[CheckInput], list[Finding]]

CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {
        gap.CHECK: gap.check,
        audience.CHECK: audience.check,
        support.CHECK: support.check,
        superseded.CHECK: superseded.check,
        coverage.CHECK: coverage.check,
    }
)
CODES: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {module.CHECK: module.CODES for module in (gap, audience, support, superseded, coverage)}
)


def run_checks(given: CheckInput) -> tuple[Finding, ...]:
    """Run every check and give the findings in order: severity, place, check, code; no finding twice."""
    return in_order([finding for check in CHECKS.values() for finding in check(given)])
