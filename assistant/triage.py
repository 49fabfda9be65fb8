"""Triage: a first reading of a client's message, with no model."""

import re
from dataclasses import replace

from assistant.checks.hidden_orders import find_orders, hidden_text
from assistant.checks.mail_text import new_text
from assistant.checks.points import find_points
from assistant.checks.seriousness import weigh
from assistant.domain.inbound import ReceivedMail, Triage
from assistant.language.detect import detect_language


def triage_mail(mail: ReceivedMail) -> Triage:
    """Read a client's message: language, complaint or not, how serious and why, its Points, and signs of injection.

    Quoted history, signatures and markup count for nothing but injection. Spans are characters of `mail.body`;
    `reason` is one of calm, problem, threat, harm, escalation, repeated, displeasure, sarcasm, blame, deadline,
    broken_promise. Never raises.
    """
    text = new_text(mail.body, mail.sender_name)
    # Markup inside a Point was blanked out for reading; the Point is given as it stands in the mail.
    orders = find_orders(mail.body)
    text = _without(text, [(o.start, o.end) for o in orders])
    points = tuple(replace(p, text=mail.body[p.start : p.end]) for p in find_points(text))
    complaint, severity, reason = weigh(text, points)
    hidden = hidden_text(mail.body) if orders else ()
    spans = tuple(sorted({(o.start, o.end) for o in orders} | set(hidden)))
    return Triage(detect_language(text), complaint, severity, reason, points, bool(orders), spans)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Blank out orders to an assistant: they are nobody's Points. A text that is nothing else is left as it is."""
    rest = text
    for start, end in spans:
        rest = rest[:start] + re.sub(r"[^\n]", " ", rest[start:end]) + rest[end:]
    return rest if rest.strip() else text
