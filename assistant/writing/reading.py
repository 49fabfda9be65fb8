"""Reads the evidence for the offline writer: every line into the sentences it could become."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.language.detect import has_cjk
from assistant.language.sentences import split_sentences
from assistant.language.statements import classify_statement
from assistant.writing import nouns_en, phrasing_en
from assistant.writing.dating import days_in, with_spoken_dates
from assistant.writing.dayheads import day_heads
from assistant.writing.discretion import (
    is_chatter,
    is_disfluent,
    is_private,
    leans_on_more,
    public_head,
    speaks_of_self,
)
from assistant.writing.line_reading import REGRESSION
from assistant.writing.lines import Line
from assistant.writing.people import Side, stands
from assistant.writing.quoting import quoted, told_in_meeting
from assistant.writing.said import Clause, Fit, Said
from assistant.writing.speech import answer_to, tellings
from assistant.writing.task_reading import TaskReader

_ACTION_LEADS = re.compile(r"action|to[- ]?do|next steps?|follow|待办|行动|任务|下一步", re.IGNORECASE)
_RISK_PLACE = re.compile(r"risk|风险", re.IGNORECASE)
_PARTS = re.compile(
    r"(?<=[.;\u3002\uff1b])\s*(?=(?:Effect|Impact|What we do|Mitigation|Response|Workaround|Cause|Reason|影响|应对|措施|原因)\s*[:\uff1a])"
)
_RISK_CELLS = {
    "risk": re.compile(r"^(?:risk|issue|problem|风险|问题|description|描述)", re.IGNORECASE),
    "effect": re.compile(r"^(?:effect|impact|consequence|影响|后果)", re.IGNORECASE),
    "remedy": re.compile(r"^(?:mitigation|response|countermeasure|what we do|应对|措施|对策)", re.IGNORECASE),
    "task": re.compile(r"^(?:action|task|to-?do|行动|任务|待办|工作内容)", re.IGNORECASE),
    "decision": re.compile(r"^(?:decision|决定|决策|内容|结论)", re.IGNORECASE),
    "what": re.compile(r"^(?:what|task|item|milestone|deliverable|activity|内容|事项|任务|里程碑)", re.IGNORECASE),
    "when": re.compile(r"^(?:when|date|due|time|deadline|时间|日期|截止|完成时间)", re.IGNORECASE),
    "who": re.compile(r"^(?:who|owner|responsible|负责人|责任人)", re.IGNORECASE),
}
_EFFECT = re.compile(r"\b(?:effect|impact)\s*:|影响\s*[:\uff1a]", re.IGNORECASE)
_ADDED = re.compile(
    r"(?:not (?:in|included|part|yet|on)|costs nothing|no extra|without extra|only |subject to|provided |(?:the )?rest\b|other [0-9]|其中|其余|剩余|剩下)",
    re.IGNORECASE,
)
_BARE_TASK = re.compile(
    r"^(?P<who>.{1,40}?) to (?P<verb>decide|confirm|approve|agree|answer|reply|choose|check)(?P<when>(?: (?:by|until|before|on) .{3,20})?)\.?$"
)
_ABOUT = re.compile(r"^(?P<what>[^:“”]{4,80}): ")
_LEANING_LABELS = frozenset({"cause", "effect", "remedy"})
_DUE_ZH = re.compile(
    r"[:：\s]*(?:应|须|需|要)?[于在]?\s*(?:[0-9]{4}\s*年)?\s*[0-9]{1,2}\s*[月.]\s*[0-9]{1,2}\s*[日号]?\s*(?:之?前|以前)"
)
_SURELY = re.compile(r"已|完成|[\u4e00-\u9fff]了|\b(?:done|was|were|has|have)\b|\w{3,}ed\b", re.IGNORECASE)
_ASKS = re.compile(
    r"[待需请等由]您|您(?:确认|定|批准|签)|\b(?:for|from) you to\b|\bmissing from (?:you|the client)\b|\bwaiting for (?:you|your)\b"
)
_OF_THEIR_DAY = frozenset({NoteKind.DECISION, NoteKind.MINUTES, NoteKind.LOG, NoteKind.OTHER})
_NOTHING = re.compile(r"(?:none|nothing|n/?a|tbd|tbc|-+|无|暂无|待定|没有)\b.{0,12}$", re.IGNORECASE)
_CLOSED = re.compile(r"\bclosed\b|已关闭|关闭$", re.IGNORECASE)
_SCRIBBLE = re.compile(r"发群|群里|->|\?\?|!!|[#@<>|\\]|\?$|\uff1f$|\b(?:pls|thx|btw|fyi|lol|u|asap)\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\b(?:\w{2,}ed|done|back|sent|set up|went|came|live|ready|ran|run|found|is|are|on)\b|完成|跑完|装完|到货|已|上测试|上线|通过|交付|修复|搞定|部署|签|做完|好了",
    re.IGNORECASE,
)
_NUMBER_ZH = re.compile(r"^[0-9]{1,2}[ \t]+(?=[\u4e00-\u9fff]{2})(?![台块个天人项条家号点次组名份套万元年周种层只])")
_SPEAKER_ZH = re.compile(r"^(?P<who>[\u4e00-\u9fff]{1,4})[:\uff1a]\s*(?P<rest>\S.*)$", re.DOTALL)
_SPEAKER_EN = re.compile(r"^(?P<who>[A-Z]{2,3}): (?P<rest>\S.*)$", re.DOTALL)
_SPEAKER = re.compile(r"^[A-Z]{2,3}: (?=[a-z])")
_SAYS = re.compile(
    r"\b(?:said|says|asked|asks|wants?|ok with|okay with|fine with|prefers|agrees|likes|happy|complains|thinks|called|rang|phoned)\b|说|问|想要|觉得|认为|嫌|希望",
    re.IGNORECASE,
)
_THEIRS = (Side.CLIENT, Side.ADDRESSEE)
_REPORTED = re.compile(r"(?:来信|来函|来电)[\uff1a:\uff0c,]|\b(?:wrote|writes) (?:that|to)\b", re.IGNORECASE)
_FINISHED = re.compile(
    r"\b(?:finished|completed|deployed|fixed|closed|delivered|installed)\b|跑完|完成|装完|部署|修复", re.IGNORECASE
)
_FROZEN = re.compile(r"\b(?:scope (?:is |was )?frozen|change requests?)\b|冻结|变更单", re.IGNORECASE)
_ENTRY_HEAD = re.compile(r"^[A-Z]{1,4}-?[0-9]{1,5}\s*(?:[(\uff08][^()\uff08\uff09]{1,20}[)\uff09])?\s*[:\uff1a]?\s*")


@dataclass(frozen=True)
class Reader(TaskReader):
    """Turns the lines of a task's evidence into sentences, in the message's language."""

    def said(self, line: Line) -> tuple[Said, ...]:
        """Give what a line could become in the message; nothing when it should not be told."""
        head = public_head(line.text) if line.passage.kind is NoteKind.LOG or not is_private(line.text) else ""
        if line.passage.quoted or is_chatter(line.passage) or not head:
            return ()
        line = replace(line, text=_NUMBER_ZH.sub("", head) if self.language == "zh" else head)
        if not self.is_own_language(line.text):
            return self._foreign(line)
        if line.passage.kind in (NoteKind.SENT, NoteKind.RECEIVED):
            return ()
        if line.cells:
            return tuple(self._row(line))
        if line.passage.path in self.transcripts:
            return tuple(self._spoken(line))
        is_task = bool(line.box) or _ACTION_LEADS.search(line.lead) is not None
        return tuple(self._action(line) if is_task else self._prose(line))

    def _spoken(self, line: Line) -> Iterator[Said]:
        """Speech is never put into our own words: what is told clearly may be quoted, the rest stays talk."""
        for telling in tellings(line.text, answer_to(line.text, line.passage)):
            if self.people.names_addressee(telling.words) or self._reports_client(telling.words):
                continue
            due = max((d for d in days_in(telling.words, line.dated) if d >= self.task.brief.as_of), default=None)
            happened = line.dated if telling.role in ("decision", "done") else None
            text = told_in_meeting(telling.words, self.day(line), self.language)
            yield Said(text, line, telling.words, frozenset({telling.role}), Fit.SPOKEN, due, happened)

    def _foreign(self, line: Line) -> tuple[Said, ...]:
        """Keep a line of the other language as a quotation, if it states something checkable."""
        if (
            self.is_own_language(line.text)
            or line.passage.quoted
            or len(line.text) < 12
            or line.text.endswith(("?", "\uff1f"))
        ):
            return ()
        is_letter = line.passage.kind is NoteKind.SENT or line.passage.path in self.letters_of_client
        if is_letter or line.box == "done" or (line.cells and _CLOSED.search(line.text)):
            return ()
        cell = next(
            (
                cell
                for head, cell in line.cells
                if _RISK_CELLS["decision"].match(head) or _RISK_CELLS["risk"].match(head)
            ),
            "",
        )
        kept = [s.text for s in split_sentences(_ENTRY_HEAD.sub("", cell or line.text)) if not self._only_names(s.text)]
        raw = " ".join(kept)
        if self._reports_client(raw) or len(raw) < 8:
            return ()
        state = classify_statement(REGRESSION.sub("test", raw), reference=line.dated)
        days = days_in(raw, line.dated)
        due = max((day for day in days if day >= self.task.brief.as_of), default=None)
        roles = set(state.roles) | ({"next"} if due else set())
        at_risk = _RISK_PLACE.search(" ".join((*line.passage.headings, line.passage.path)))
        roles |= {"risk", "problem"} if at_risk else set()
        roles |= {"decision"} if line.passage.kind is NoteKind.DECISION else set()
        if not days and not roles & {"done", "risk", "decision", "problem"}:
            return ()
        happened = line.dated if state.done else None
        return (
            Said(
                quoted(raw, self.day(line) if line.day_is_told else "", self.language),
                line,
                raw,
                frozenset(roles),
                Fit.QUOTED,
                due,
                happened,
            ),
        )

    def _row(self, line: Line) -> Iterator[Said]:
        cells = {role: cell for head, cell in line.cells for role, sign in _RISK_CELLS.items() if sign.match(head)}
        if _CLOSED.search(line.text):
            return
        if "task" in cells and ("who" in cells or "when" in cells):
            text = f"{cells['who']}: {cells['task']}" if cells.get("who") else cells["task"]
            made = replace(
                line, text=f"{text} {_by(cells.get('when', ''), self.language)}".strip(), cells=(), box="open"
            )
            yield from self._action(made)
        elif "risk" in cells:
            yield from self._risk_row(line, cells)
        elif "decision" in cells and line.passage.kind is NoteKind.DECISION:
            yield from self._prose(replace(line, text=cells["decision"], cells=()))
        elif "what" in cells and "when" in cells and (day := self._entered(line, cells["when"])):
            yield from self._prose(replace(line, text=cells["what"], cells=(), dated=day, own_day=True, sure_day=True))
        elif "what" in cells and "when" in cells and not _is_over(line, self.task.brief.as_of):
            yield from self._prose(replace(line, text=f"{cells['what']} {cells['when']}", cells=()))

    def _entered(self, line: Line, when: str) -> date | None:
        """Give the day of an entry in a log that is kept as a table."""
        if line.passage.kind is not NoteKind.LOG:
            return None
        day, rest = day_heads(line.passage, self.task.brief.as_of).of(when)
        return day if not rest else None

    def _risk_row(self, line: Line, cells: dict[str, str]) -> Iterator[Said]:
        parts = []
        for role in ("risk", "effect", "remedy"):
            text = cells.get(role, "")
            if text and any(c.isalnum() for c in text) and not is_private(text) and not _NOTHING.match(text):
                clause = self._clause(text, line)
                parts.append(self.phrasing.framed(role, clause.text, clause))
        if parts:
            joint = "" if self.language == "zh" else " "
            yield Said(
                joint.join(parts), line, line.text, frozenset({"risk", "problem", "effect", "remedy"}), Fit.PATTERN
            )

    def _prose(self, line: Line) -> Iterator[Said]:
        at_risk = _RISK_PLACE.search(" ".join((*line.passage.headings, line.lead, line.passage.path))) is not None
        parts = _PARTS.split(line.text)
        if len(parts) > 1 and (at_risk or _EFFECT.search(line.text)):
            yield from self._labelled_parts(line, parts)
            return
        if at_risk:
            yield from self._labelled_parts(line, [line.text])
            return
        yield from self._told([span.text for span in split_sentences(line.text)], line)

    def _told(self, sentences: list[str], line: Line) -> list[Said]:
        """Tell a line sentence by sentence: a title in front is no statement, a cause stays with what it explains."""
        made: list[Said] = []
        for raw in sentences[1:] if len(sentences) > 1 and _is_title(sentences[0]) else sentences:
            label = self.phrasing.labelled(self._clause(raw, line).text)
            if label and label[0] in _LEANING_LABELS:
                if made and not is_private(raw):
                    made[-1] = self._joined(made[-1], label, raw, line)
            elif self._is_task(raw):
                made += self._action(replace(line, text=_with_object(raw, made)))
            elif made and _ADDED.match(raw) and not is_private(raw):
                made[-1] = self._added(made[-1], raw, line)
            else:
                made += self._sentence(raw, line)
        return made

    def _added(self, before: Said, raw: str, line: Line) -> Said:
        """Put a fragment that only adds to the sentence before behind a semicolon."""
        clause = self._clause(raw, line)
        mark = "；" if self.language == "zh" else "; "
        more = clause.text if self.language == "zh" else nouns_en.lower_first(clause.text)
        roles = before.roles | clause.roles
        return replace(
            before,
            text=self.phrasing.finish(before.text.rstrip(".。") + mark + more),
            raw=f"{before.raw} {raw}",
            roles=roles,
        )

    def _joined(self, before: Said, label: tuple[str, str], raw: str, line: Line) -> Said:
        joint = "" if self.language == "zh" else " "
        more = self.phrasing.framed(label[0], label[1], self._clause(raw, line))
        roles = before.roles | {label[0]}
        return replace(before, text=f"{before.text}{joint}{more}", raw=f"{before.raw}{joint}{raw}", roles=roles)

    def _is_task(self, raw: str) -> bool:
        """Whether a sentence of prose is somebody's task: "RP to confirm …", "甲方9月30日前提交……"."""
        task, who, _ = self._owner(raw)
        if not who or raw.endswith(("?", "\uff1f")):
            return False
        if self.language == "zh":
            return _DUE_ZH.match(task) is not None
        if self.people.side(who) is Side.ADDRESSEE and re.match(rf"{re.escape(who)} will [a-z]+ (?!by\b)", raw):
            return True
        return re.match(rf"{re.escape(who)} to [a-z]", raw) is not None

    def _labelled_parts(self, line: Line, parts: list[str]) -> Iterator[Said]:
        """A paragraph such as: title, effect, what we do; it stays together."""
        sentences: list[str] = []
        roles = {"risk", "problem"}
        if _CLOSED.search(line.text) or self._names_initials(line.text):
            return
        for i, part in enumerate(parts):
            clause = self._clause(part, line)
            label = self.phrasing.labelled(clause.text)
            if label:
                roles.add(label[0])
                first, *rest = [span.text for span in split_sentences(label[1])] or [label[1]]
                sentences.append(self.phrasing.framed(label[0], first, clause))
                sentences += self._more(rest, clause)
            elif i == 0:
                sentences += self._title(clause)
        if sentences:
            joint = "" if self.language == "zh" else " "
            yield Said(joint.join(sentences), line, line.text, frozenset(roles), Fit.PATTERN)

    def _title(self, clause: Clause) -> list[str]:
        first, *rest = [span.text for span in split_sentences(clause.text)] or [clause.text]
        return [self.phrasing.framed("risk", first, clause), *self._more(rest, clause)]

    def _more(self, texts: list[str], clause: Clause) -> list[str]:
        made = (self.phrasing.sentence(replace(clause, text=text), self.task.brief.as_of) for text in texts)
        return [text for text in made if text]

    def _sentence(self, raw: str, line: Line) -> Iterator[Said]:
        raw = self._without_speaker(raw)
        clause = self._clause(raw, line)
        if not clause.text or self._names_initials(clause.text) or is_private(raw) or raw.endswith((":", "\uff1a")):
            return
        if (
            leans_on_more(raw)
            or self._only_names(clause.text)
            or self._reports_client(raw)
            or is_disfluent(raw)
            or speaks_of_self(raw)
        ):
            return
        roles = set(clause.roles)
        label = self.phrasing.labelled(clause.text)
        if label:
            text, fit = self.phrasing.framed(label[0], label[1], clause), Fit.PATTERN
            roles |= {"problem", "risk", "decision"} if label[0] == "open" else {label[0]}
        else:
            closed = phrasing_en.point_closed(raw.strip(), line.dated if line.own_day else None)
            roles |= {"done"} if closed else set()
            text = (closed if self.language == "en" else "") or self.phrasing.sentence(clause, self.task.brief.as_of)
            fit = Fit.PATTERN
        if not text and line.passage.kind is NoteKind.DECISION:
            text, fit = self.phrasing.framed("decision", clause.text, clause), Fit.PATTERN
        if not text:
            raw = _SPEAKER.sub("", raw)
            if not self._worth_quoting(raw) or self._names_client(raw):
                return
            words = with_spoken_dates(raw, self.language, None, self.task.brief.as_of)
            text, fit = quoted(words, self.day(line) if line.day_is_told else "", self.language), Fit.QUOTED
        if self.people.names_addressee(text) and fit is not Fit.QUOTED:
            return
        yield self._weighed(text, clause, roles, fit)

    def _without_speaker(self, raw: str) -> str:
        """Take the name of ours in front of what they noted off it; what the client's people said is theirs to tell."""
        found = (_SPEAKER_ZH if self.language == "zh" else _SPEAKER_EN).match(raw)
        side = self.people.side(found["who"]) if found else Side.UNKNOWN
        if found is None or side is Side.UNKNOWN:
            return raw
        return "" if side in _THEIRS else found["rest"]

    def _weighed(self, text: str, clause: Clause, roles: set[str], fit: Fit) -> Said:
        line, as_of = clause.line, self.task.brief.as_of
        due = max((day for day in clause.days if day >= as_of), default=None)
        if due and not clause.hedged and not _REPORTED.search(clause.raw):
            roles.add("next")
        if due and "done" in roles and not _SURELY.search(clause.raw):
            roles.discard("done")
        for_client = _ASKS.search(text) is not None
        roles |= {"need"} if for_client else set()
        if line.passage.kind is NoteKind.DECISION:
            roles.add("decision")
        if _FROZEN.search(clause.raw):
            roles |= {"limit", "feasibility"}
        happened = line.dated if line.own_day or line.passage.kind in _OF_THEIR_DAY else None
        if happened is None and "done" in roles:
            # The day that the sentence names itself, in a note without days of its own.
            happened = max((day for day in clause.days if day <= self.task.brief.as_of), default=None)
        if (
            line.own_day
            and fit is Fit.PATTERN
            and not due
            and (not roles & {"problem", "change"} or _FINISHED.search(clause.raw))
            and _HAPPENED.search(clause.raw)
        ):
            roles.add("done")
        return Said(text, line, clause.raw, frozenset(roles), fit, due, happened, clause.hedged, for_client)

    def _reports_client(self, raw: str) -> bool:
        """Whether a sentence tells what somebody of the client said or felt: they know, and it is theirs to tell."""
        if not _SAYS.search(raw):
            return False
        return any(
            stands(form, raw)
            for form, side in self.people.forms.items()
            if side in _THEIRS and (len(form) > 2 or not form.isascii() or re.search(rf"\b{form.upper()}\b", raw))
        )

    def _names_client(self, raw: str) -> bool:
        """Whether a sentence speaks of the client's people by initials: they would be quoted to themselves."""
        return any(self.people.side(form) in _THEIRS for form in re.findall(r"\b[A-Z]{2,3}\b", raw))

    def _only_names(self, text: str) -> bool:
        words = [w for w in re.split(r"[、,\uff0c/+&\s.\u3002()\uff08\uff09]+|\band\b|by phone|电话", text) if w]
        return bool(words) and all(self.people.side(w) is not Side.UNKNOWN for w in words)

    @staticmethod
    def _worth_quoting(raw: str) -> bool:
        enough = len(raw) >= 14 if has_cjk(raw) else len(raw.split()) >= 6
        return enough and _SCRIBBLE.search(raw) is None


def _with_object(raw: str, before: list[Said]) -> str:
    """Say what is to be decided, where the sentence before names it: "quote for X: 4 days. FM to decide by …"."""
    bare = _BARE_TASK.match(raw)
    about = _ABOUT.match(before[-1].raw) if before else None
    if not bare or not about:
        return raw
    on = "" if bare["verb"] in ("confirm", "approve", "check") else " on"
    return f"{bare['who']} to {bare['verb']}{on} {nouns_en.lower_first(about['what'])}{bare['when']}"


def _is_title(text: str) -> bool:
    """Whether a first sentence only names what the others are about: "Programme.", "Infection control."."""
    bare = text.strip().rstrip(".:\uff1a\u3002")
    short = len(bare) <= 8 if has_cjk(bare) else len(bare.split()) <= 4
    return (
        short
        and not re.search(r"[0-9]", bare)
        and not phrasing_en.is_sentence(f"{bare} x x")
        and not _HAPPENED.search(bare)
    )


def _by(when: str, language: Language) -> str:
    """Put the day of a table's cell behind its task as a due day."""
    if not when or when.casefold().startswith(("from", "by", "until", "每", "从")):
        return when
    return f"{when}前" if language == "zh" else f"by {when}"


def _is_over(line: Line, as_of: date) -> bool:
    """Whether all days of a plan's row lie in the past: what was planned is no longer of use."""
    days = days_in(line.text, line.dated)
    return bool(days) and days[-1] < as_of
