"""Well-kept libraries for dates, numerals, quantities and secrets beside our own readers, on our own cases.

    pip install dateparser cn2an quantulum3 detect-secrets   # none of them is a dependency
    python bench/language_libraries.py [--wrong]

Each case is a sentence as project notes have them, the day it was written on, and what stands in it. A library is
right when it finds exactly that: a date that is not there (a fraction, a version, "may") is as wrong as a missed one.
A library that is not installed is left out. `--wrong` prints what each got wrong. docs/adr says what was chosen.
"""

import argparse
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from assistant.checks.secrets import find_secrets
from assistant.domain.facts import FactKind
from assistant.language.facts import extract_facts

WRITTEN = date(2026, 3, 19)  # a Thursday
DATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The go-live is on 16 April 2026.", ("2026-04-16",)),
    ("Release moved from 2 April to 16 April.", ("2026-04-02", "2026-04-16")),
    ("regression round 2 - start 25/3, done by 31/3", ("2026-03-25", "2026-03-31")),
    ("We send the list tomorrow.", ("2026-03-20",)),
    ("Ready by next Wednesday.", ("2026-03-25",)),
    ("Delivery in two weeks.", ("2026-04-02",)),
    ("It may arrive late.", ()),
    ("3/4 of the cases are done.", ()),
    ("Version 2.3.1 is deployed.", ()),
    ("Ticket BK-31 is open, 14 of 16 passed.", ()),
    ("The march of features goes on.", ()),
    ("Signed on Friday, 13 March.", ("2026-03-13",)),
    ("会议定于4月16日。", ("2026-04-16",)),
    ("明天发清单。", ("2026-03-20",)),
    ("下周三前完成。", ("2026-03-25",)),
    ("上线由4月2日调整到4月16日。", ("2026-04-02", "2026-04-16")),
    ("二〇二六年四月十六日验收。", ("2026-04-16",)),
    ("后天上午联调。", ("2026-03-21",)),
    ("版本3.4已发布。", ()),
    ("一日三餐由酒店负责。", ()),
)
NUMERALS: tuple[tuple[str, str], ...] = (
    ("三百二十", "320"), ("一万二千", "12000"), ("两千零五", "2005"), ("十六", "16"), ("48.2万", "482000"),
    ("三亿五千万", "350000000"), ("一百零八", "108"), ("两万五", "25000"), ("百分之三十", "30"), ("九成", "90"),
    ("1.2亿", "120000000"), ("廿五", "25"),
)  # fmt: skip
QUANTITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The import takes 25 minutes.", ("25",)),
    ("Retouching costs 300 euros in total.", ("300",)),
    ("£48,200 of £60,000 is spent.", ("48200", "60000")),
    ("The wing is 70 % complete.", ("70",)),
    ("We order 40 tablets.", ("40",)),
    ("Answer in 0.8 seconds for 1,200 users.", ("0.8", "1200")),
    ("Nobody has the time for it.", ()),
    ("In one go, on the one hand.", ()),
    ("预算为48.2万元。", ("482000",)),
    ("订了40台平板。", ("40",)),
)
SECRETS: tuple[tuple[str, bool], ...] = (
    ("The password for the portal is Quay-4471!x", True),
    ("密码：Harbour#2291", True),
    ("api_key = 'b7f3c1d09e5a4c7788aa01f2'", True),
    ("Use AKIA" + "ABCDEFGHIJKLMNOP for the bucket.", True),
    ("Bearer " + "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", True),
    ("postgres://app:" + "tide-771@db.example/notes", True),
    ("The password is reset every month.", False),
    ("请尽快重置密码。", False),
    ("Commit 4f2a9c1e7b0d fixes ticket BK-31.", False),
    ("The order number is 88421-2026-0331.", False),
    ("Certificate CR-2291 is valid until 14 April.", False),
    ("Message-ID: <20260319.4471@mail.example>", False),
)


def ours_dates(text: str) -> list[str]:
    return [f.value for f in extract_facts(text, reference=WRITTEN) if f.kind is FactKind.DATE]


def dateparser_dates(text: str) -> list[str]:
    search_dates = import_module("dateparser.search").search_dates

    settings: Any = {
        "RELATIVE_BASE": datetime(2026, 3, 19, 9, tzinfo=UTC).replace(tzinfo=None),
        "PREFER_DATES_FROM": "future",
    }
    found = search_dates(text, languages=["zh"] if any(c >= "\u4e00" for c in text) else ["en"], settings=settings)
    return [moment.date().isoformat() for _, moment in found or ()]


def ours_numerals(text: str) -> list[str]:
    return [f.amount for f in extract_facts(text, reference=WRITTEN) if f.amount]


def cn2an_numerals(text: str) -> list[str]:
    cn2an = import_module("cn2an")

    try:
        return [f"{float(cn2an.cn2an(text, 'smart')):.12g}"]
    except ValueError:
        return []


def ours_quantities(text: str) -> list[str]:
    kinds = {FactKind.NUMBER, FactKind.QUANTITY, FactKind.MONEY, FactKind.PERCENT, FactKind.DURATION}
    facts = [f for f in extract_facts(text, reference=WRITTEN) if f.kind in kinds]
    return [f.amount or "".join(c for c in f.value if c.isdigit() or c == ".") for f in facts]


def quantulum_quantities(text: str) -> list[str]:
    parser = import_module("quantulum3.parser")

    return [f"{q.value:.12g}" for q in parser.parse(text)]


def ours_secrets(text: str) -> bool:
    return bool(find_secrets(text))


def detect_secrets(text: str) -> bool:
    scan_line = import_module("detect_secrets.core.scan").scan_line
    default_settings = import_module("detect_secrets.settings").default_settings

    with default_settings():
        return any(True for _ in scan_line(text))


Case = tuple[str, str | bool | tuple[str, ...]]
Reader = Callable[[str], list[str] | bool]


def compare(what: str, cases: Sequence[Case], ways: Mapping[str, tuple[str, Reader]], *, show: bool) -> None:
    for name, (module, read) in ways.items():
        if module and find_spec(module) is None:
            print(f"{what:11} {name:15} not installed")
            continue
        wrong = []
        for text, wanted in cases:
            found = read(text)
            expected = wanted if isinstance(wanted, bool) else sorted([wanted] if isinstance(wanted, str) else wanted)
            if (found if isinstance(found, bool) else sorted(found)) != expected:
                wrong.append((text, found))
        print(f"{what:11} {name:15} {len(cases) - len(wrong)}/{len(cases)} right")
        for text, found in wrong if show else ():
            print(f"    {text} -> {found}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true")
    show = parser.parse_args().wrong
    logging.disable(logging.CRITICAL)
    compare("dates", DATES, {"ours": ("", ours_dates), "dateparser": ("dateparser", dateparser_dates)}, show=show)
    compare("numerals", NUMERALS, {"ours": ("", ours_numerals), "cn2an": ("cn2an", cn2an_numerals)}, show=show)
    ways = {"ours": ("", ours_quantities), "quantulum3": ("quantulum3", quantulum_quantities)}
    compare("quantities", QUANTITIES, ways, show=show)
    secrets = {"ours": ("", ours_secrets), "detect-secrets": ("detect_secrets", detect_secrets)}
    compare("secrets", SECRETS, secrets, show=show)


if __name__ == "__main__":
    main()
