"""The walk in words: what its pipeline, strips, question card and side panel say."""

from msgspec.structs import replace
from PySide6.QtCore import QObject

from app.domain.answers import Answer, Reply, Review, Said
from app.domain.audit import Audit
from app.domain.bank import Grade, Stage
from app.domain.conditions import conditions
from app.domain.edits.rules import median
from app.domain.ids import NOBODY, ORGANISATION, PersonId, StageId, Target, WorkflowId
from app.domain.landscape import Mechanism, StageRecord
from app.domain.replies import SHOWN, counted_grade
from app.domain.risk.results import StageCover
from app.domain.risk.stages import cover, is_asked, is_unowned, stage_level
from app.ui.models.walk.ask import (
    ENTRY,
    SOURCE,
    STAGE,
    Ask,
    always_applies,
    answer_of,
    can_differ,
    shared_by,
    source_in_words,
    stage_record,
)
from app.ui.models.walk.before import Before
from app.ui.models.walk.voices import by_role, voices
from app.ui.page import Bench
from app.ui.widgets.walk.question import Shown
from app.ui.widgets.walk.side import Aside
from app.ui.widgets.walk.stage import Face

APART = 2
"""Medians of two roles that lie so far apart are said."""
LEVEL_TONES = ("alarm", "warn", "warn", "good", "good")


class WalkWords(QObject):
    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._words = bench.desk, bench.words

    @property
    def _audit(self) -> Audit:
        return self._desk.audit

    # The workflow.

    def lead(self, workflow: WorkflowId) -> str:
        record = self._audit.workflows[workflow]
        stage = self._words.of(record.lifecycle, "lifecycle") if record.lifecycle else ""
        purpose = record.purpose or self.tr("Its purpose is not recorded.")
        said = f"{stage[:1].upper()}{stage[1:]}" if stage else self.tr("Lifecycle not recorded")
        return f"{purpose}  {said}."

    def state(self, workflow: WorkflowId) -> tuple[str, str]:
        """Code and words: the state with its conditions, or that the workflow is left out."""
        case = self._desk.case(workflow)
        found = conditions(self._audit.bank, case)
        held = sum(s.is_held for s in found.golive.values())
        code = found.state(live=case.workflow.is_live).value
        state = self._words(f"state.{code}")
        if not case.workflow.is_active:
            return "stop_or_pause", self.tr("Left out of the figures")
        text = self.tr("{0}, {1} of {2} conditions").format(state, held, len(found.golive))
        return code, text

    def group(self, ask: Ask) -> str:
        kind, id_ = ask.group
        bank = self._audit.bank
        if kind == ENTRY:
            stage = self.stage(ask.question.stage)
            entry = self.tr("Entry question")
            return f"{entry}: {self._words.inside(stage.title)}" if stage else entry
        if kind == SOURCE:
            return source_in_words(self._audit, ask.question, ask.source or "")
        if kind == STAGE:
            stage = self.stage(StageId(id_))
            return stage.title if stage else id_
        return next((s.title for s in bank.sections if s.id == id_), id_)

    def stage(self, stage: StageId | None) -> Stage | None:
        return next((s for s in self._audit.bank.stages if s.id == stage), None)

    def place(self, ask: Ask, found: tuple[Ask, ...]) -> str:
        """Where in the walk the question stands, and what hangs on it."""
        same = [a.key for a in found if a.group == ask.group]
        text, stage = self.group(ask), self.stage(ask.question.stage)
        if ask.key in same and len(same) > 1:
            number = same.index(ask.key) + 1, len(same)
            if ask.group[0] == ENTRY and stage:
                text = self.tr("Entry question {1} of {2}: {0}").format(
                    self._words.inside(stage.title), *number
                )
            else:
                text = self.tr("{0}, question {1} of {2}").format(text, *number)
        if not ask.source and (which := source_in_words(self._audit, ask.question, ask.kept)):
            text = f"{text}. {which}"
        if ask.question.golive_at is not None:
            text = self.tr("{0}. Condition for going live").format(text)
        return f"{text}   {ask.question.id}"

    # The pipeline.

    def flow(self, workflow: WorkflowId) -> list[Face]:
        bank = self._audit.bank
        case = self._desk.case(workflow)
        faces = []
        for stage in sorted(bank.stages, key=lambda s: s.order):
            record = stage_record(self._audit, workflow, stage.id)
            level = stage_level(case, stage.id)
            nobody, asked = is_unowned(record, case, stage.id), is_asked(case, stage.id)
            made = self._stage_face(stage, record, level, nobody=nobody)
            faces.append(replace(made, hatched=record == StageRecord() and not asked))
        return faces

    def _stage_face(
        self, stage: Stage, record: StageRecord, level: int | None, *, nobody: bool
    ) -> Face:
        missing = cover(record) is StageCover.MISSING
        owner = self._owner_line(record, missing=missing, nobody=nobody)
        if record.mechanism is Mechanism.NOBODY:
            does = (self.tr("Nobody does it"), "alarm")
        elif record.mechanism is Mechanism.USER:
            does = (self.tr("The user, by hand"), "alarm")
        elif level is None:
            does = (self.tr("No level yet"), "third")
        else:
            does = (self._audit.bank.level_names[level], LEVEL_TONES[level])
        unknown_how = self.tr("not recorded")
        done = self._words.of(record.mechanism, "mechanism") if record.mechanism else unknown_how
        named = self._audit.bank.level_names[level] if level is not None else self.tr("not asked")
        said = self.tr("{0}. {1}. Done by: {2}. Answers: {3}.").format(
            stage.title, owner[0], done, named
        )
        if missing:
            said = f"{said} {record.by_hand or stage.if_missing}"
        return Face(
            stage.id, stage.title, stage.order, (owner, does), said, missing, answered=level
        )

    def _owner_line(
        self, record: StageRecord, *, missing: bool, nobody: bool = False
    ) -> tuple[str, str]:
        if nobody or record.owner == NOBODY:
            return self.tr("No owner"), "alarm"
        if record.owner is None:
            return self.tr("Owner not recorded"), "third" if not missing else "second"
        return self.person(record.owner), "second"

    def strip(self, workflow: WorkflowId, found: tuple[Ask, ...]) -> list[Face]:
        """One cell per question of a facet, in the level's colour once it is answered."""
        faces = []
        for ask in found:
            stage = self.stage(ask.question.stage)
            answer = answer_of(self._audit, ask)
            said = answer.settled if answer else None
            lines, level = self._cell(said)
            if ask.question.facet == "owner" and stage:
                record = stage_record(self._audit, workflow, stage.id)
                nobody = level == 0 and record.owner is None
                lines.insert(1, self._owner_line(record, missing=False, nobody=nobody))
            title = stage.title if stage else ask.question.id
            number = stage.order if stage else 0
            told = f"{ask.question.text} {'. '.join(text for text, _ in lines)}"
            hatched = level is None or bool(answer and answer.review is Review.PROPOSED)
            key = str(ask.question.id)
            faces.append(Face(key, title, number, tuple(lines), told, False, hatched, level))
        return faces

    def _cell(self, said: Said | None) -> tuple[list[tuple[str, str]], int | None]:
        if said is None:
            return [(self.tr("? not asked"), "third")], None
        if said.level is None:
            word = "unknown" if said.reply is Reply.UNKNOWN else "not_applicable"
            return [(self._words(f"status.{word}"), "second")], None
        name = self._audit.bank.level_names[said.level]
        return [(f"{said.level}  {name}", "ink"), (self.grade(said.grade), "second")], said.level

    def grade(self, grade: Grade) -> str:
        names = (self.tr("Said"), self.tr("Explained"), self.tr("Shown"), self.tr("Tested"))
        return dict(zip(Grade, names, strict=True))[grade]

    # One question.

    def shown(self, workflow: WorkflowId, ask: Ask, found: tuple[Ask, ...]) -> Shown:
        answer = answer_of(self._audit, ask) or Answer()
        own = self._audit.answers.get(ask.target, {}).get(ask.question.id, Answer())
        said = answer.settled
        made = Shown(
            key=(workflow, ask.key, ask.target),
            question=ask.question,
            place=self.place(ask, found),
            settled=said,
            is_proposed=answer.review is Review.PROPOSED,
            note=own.note or answer.note,
            missing=self._missing(said, copied=answer.review is not Review.AGREED),
        )
        notice, hatched, offer = self._notice(workflow, ask, answer)
        reply, further = self._reply(said, answer)
        unnamed, name_it = self._unnamed(workflow, ask, said)
        return replace(
            made,
            notice=notice,
            notice_is_hatched=hatched,
            offer=offer,
            waiver=always_applies(ask.question),
            reply=reply or unnamed,
            further=further or name_it,
            further_key="o" if unnamed else "finder",
        )

    def _unnamed(self, workflow: WorkflowId, ask: Ask, said: Said | None) -> tuple[str, str]:
        """The answer tells whether somebody owns the stage; its record, and the map, tell who."""
        stage = ask.question.stage
        if said is None or said.level is None or not stage or ask.question.facet != "owner":
            return "", ""
        if stage_record(self._audit, workflow, stage).owner is not None:
            return "", ""
        if said.level == 0:
            text = self.tr("The stage counts as missing once “no owner” is recorded.")
            return text, self.tr("Record no owner   O")
        return self.tr("Who owns the stage is not recorded."), self.tr("Name the owner   O")

    def _missing(self, said: Said | None, *, copied: bool) -> str:
        if said is None or said.grade not in SHOWN:
            return ""
        if counted_grade(said, self._desk.today(), copied=False) in SHOWN:
            if copied:
                return self.tr("Counts as explained until somebody settles it.")
            return ""
        if said.grade is Grade.DOCUMENTED:
            return self.tr("Counts as explained until title, place, date and who saw it are there.")
        return self.tr("Counts as explained until sample and result are there.")

    def _reply(self, said: Said | None, answer: Answer) -> tuple[str, str]:
        if said is None or said.reply is Reply.LEVEL:
            return "", ""
        if said.reply is Reply.NOT_APPLICABLE:
            return self.tr("Not applicable: {0}").format(said.reason), ""
        if not answer.find_out:
            return self.tr("Nobody in this room knows."), self.tr("Who finds out?")
        task = answer.find_out
        who = self.person(task.who) if task.who else self.tr("Nobody yet")
        by = self._words.date(task.by) if task.by else self.tr("no date")
        return self.tr("{0} finds out by {1}.").format(who, by), self.tr("Change")

    def _notice(self, workflow: WorkflowId, ask: Ask, answer: Answer) -> tuple[str, bool, str]:
        """Where the answer comes from, whether it is somebody else's, and what may be done."""
        text, hatched, offer = self._origin(workflow, ask, answer)
        confirmed = self._audit.confirmations.get(WorkflowId(ask.target))
        if confirmed and not text:
            who, day = self.person(confirmed.person), self._words.date(confirmed.at.date())
            text = self.tr("Confirmed by {0} on {1}; a change needs a reason.").format(who, day)
        return text, hatched, offer

    def _origin(self, workflow: WorkflowId, ask: Ask, answer: Answer) -> tuple[str, bool, str]:
        name = self.target(ask.target)
        proposed = answer.review is Review.PROPOSED
        if answer.copied_from and proposed:
            source = self.target(answer.copied_from)
            text = self.tr("Copied from {0}. It is a proposal until the room settles it (S).")
            return text.format(source), True, ""
        if ask.kept != ask.target:
            text = self.tr("Said for the whole workflow before {0} was listed; answer it again.")
            return text.format(name), True, ""
        if ask.target not in (workflow, ask.source):
            count = self._words.count("workflow", shared_by(self._audit, ask.target))
            text = self.tr("Answered once for {0}; it counts for {1}.").format(name, count)
            may = can_differ(self._audit, workflow, ask)
            return text, True, self.tr("Answer for this workflow itself") if may else ""
        if can_differ(self._audit, workflow, ask):
            record = self._audit.workflows[workflow]
            platform = self.target(Target(record.platform or ""))
            text = self.tr("Answered for this workflow itself; {0} may differ.").format(platform)
            return text, False, self.tr("Take the answer of {0}").format(platform)
        if proposed:
            return self.tr("A proposal until the room settles it (S)."), True, ""
        return "", False, ""

    # Beside it.

    def aside(self, ask: Ask, *, revealed: bool, before: str) -> Aside:
        answer = answer_of(self._audit, ask) or Answer()
        asked, bank = ask.question, self._audit.bank
        spoke = len(answer.individual)
        sealed = ""
        if spoke and not (revealed or self._is_revealed(ask, answer)):
            sealed = self.tr("{0} have answered; shown once the room has settled it.").format(
                self._words.count("person", spoke)
            )
        needed = asked.golive_at if asked.golive_at is not None else asked.phase1_at
        said = answer.settled is not None or spoke
        review = self._review(answer) if said else ""
        rows = () if sealed else voices(self._audit, answer)
        return Aside(
            evidence=asked.evidence,
            good_sign=asked.good_sign,
            bad_sign=asked.bad_sign,
            hint=asked.hint,
            needed=self.tr("The condition needs level {0} or more, shown or tested.").format(needed)
            if needed is not None
            else "",
            rule=bank.level_rule.split(" '?'")[0],
            review=review[:1].upper() + review[1:],
            review_tone={Review.AGREED: "good", Review.DISPUTED: "alarm"}.get(
                answer.review, "lead"
            ),
            may_settle=answer.settled is not None and answer.review is not Review.AGREED,
            may_dispute=bool(said) and answer.review is not Review.DISPUTED,
            voices=rows,
            sealed=sealed,
            apart=self._apart(answer) if rows else "",
            before=before,
        )

    def _review(self, answer: Answer) -> str:
        """Agreed or not; where voices lie apart, agreed would say too much."""
        levels = [s.level for s in answer.individual.values() if s.level is not None]
        level = answer.settled.level if answer.settled else None
        is_apart = len(set(levels)) > 1 and level is not None
        if answer.review is not Review.AGREED or not is_apart:
            return self._words.of(answer.review, "review")
        text = self.tr("Settled at {0}, spread {1} to {2}")
        return text.format(level, min(levels), max(levels))

    def _is_revealed(self, ask: Ask, answer: Answer) -> bool:
        """The wall does not teach the answer: others' levels follow the room's own."""
        if answer.review in (Review.AGREED, Review.DISPUTED):
            return True
        place = ask.question.id, ask.kept
        return any((v.question, v.target) == place for v in self._audit.votes.values())

    def _apart(self, answer: Answer) -> str:
        """`Builders say 3, users say 0.` where two roles lie two levels apart."""
        medians = {
            role: median(levels)
            for role, replies in by_role(self._audit, answer).items()
            if (levels := sorted(s.level for s in replies if s.level is not None))
        }
        if not medians:
            return ""
        high = max(medians, key=lambda r: medians[r])
        low = min(medians, key=lambda r: medians[r])
        if medians[high] - medians[low] < APART:
            return ""
        text = self.tr("{0}: {1}. {2}: {3}.").format(high, medians[high], low, medians[low])
        if answer.review is Review.AGREED:
            return text
        return self.tr("{0} Hear both, then settle or keep the dissent.").format(text)

    def before(self, ask: Ask, before: Before) -> str:
        """What the answer was at the newest snapshot; nothing where it is the same."""
        old = before.answer(ask.kept, ask.question.id)
        now = answer_of(self._audit, ask)
        then = old.settled if old else None
        if then == (now.settled if now else None):
            return ""
        if then is None:
            said = self.tr("not answered")
        elif then.level is None:
            said = self._words(f"status.{then.reply.value}")
        else:
            name = self._audit.bank.level_names[then.level]
            said = self.tr("{0} {1}, {2}").format(
                then.level, name, self._words.inside(self.grade(then.grade))
            )
        return self.tr("Before ({0}): {1}.").format(before.name, said)

    def estimate(self, workflow: WorkflowId) -> str:
        """For the facilitator: the chance of missing the target, with its range."""
        found, words = self._desk.estimate(workflow), self._words
        if found.withheld:
            held = f"withheld.{found.withheld.value}"
            answered = words.percent(found.coverage.weight)
            return words(held, answered=answered)
        span = words.span(words.percent(found.range.low), words.percent(found.range.high))
        relative = words.of(found.relative.word, "relative")
        text = self.tr("Chance of missing the target {0} (answer range {1}); {2}.")
        return text.format(words.percent(found.risk), span, relative)

    # Names.

    def person(self, person: PersonId) -> str:
        found = self._audit.people.get(person)
        return found.name if found else person

    def target(self, target: Target) -> str:
        audit = self._audit
        if target == ORGANISATION:
            return audit.organisation.name or self.tr("the organisation")
        for group in (audit.workflows, audit.platforms, audit.sources):
            if target in group:
                return str(group[target].name)  # type: ignore[index]
        return target
