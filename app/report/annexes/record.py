"""Annex of what people wrote and decided: notes, decisions, dissent, parking lot, attendance."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.gaps import gap_place
from app.domain.ids import Target
from app.domain.sessions import named_people
from app.domain.symptoms import symptoms
from app.report import room
from app.report.draft import Draft, plain
from app.report.left_over import is_printed, kinds_of
from app.report.model import Audience, Block, Row, Section, Table
from app.report.pages import facts
from app.report.pages.lanes import shows_whole
from app.report.pages.policies import rule_text
from app.report.pages.workflow_pages import with_page


def record_annex(draft: Draft) -> Section:
    """External readers get numbers only."""
    notes = list(_notes(draft))
    counts = {
        "note": len(notes),
        "decision": len(draft.audit.decisions),
        "dissent": room.dissents(draft),
        "parked": len(draft.audit.parking),
    }
    heading = draft.say(
        "record.heading",
        kinds=kinds_of(draft, counts),
        of=sum(counts.values()),
        external=draft.names.is_external,
    )
    blocks: list[Block] = []
    if not draft.names.is_external:
        blocks += _written(draft, notes)
    if draft.audit.attendance and not shows_whole(draft, len(draft.audit.attendance)):
        blocks.append(room.attendance_table(draft))
    kept = {unit: n for unit, n in _elsewhere(draft).items() if n}
    items = kinds_of(draft, kept)
    lead = (draft.say("record.not_printed", items=draft.words.listing(items), **kept),)
    label = draft.words("section.record")
    return Section("record", label, heading, lead if items else (), tuple(blocks))


def _written(draft: Draft, notes: list[tuple[str, str, str]]) -> Iterator[Block]:
    """What page 7 shows to the end is not repeated; open decisions stand nowhere else in full."""
    decisions, taken = room.all_decisions(draft), room.taken(draft)
    if len(taken) < len(decisions) or (decisions and not shows_whole(draft, len(taken))):
        yield room.decisions_table(draft, "decisions_all", decisions)
    dissents = room.dissents(draft)
    if dissents and not shows_whole(draft, dissents):
        yield room.dissent_table(draft)
    if draft.audit.parking and not shows_whole(draft, len(draft.audit.parking)):
        yield room.parking_table(draft)
    if notes:
        columns = (
            draft.column("about", 0.5),
            draft.column("target", 0.7),
            draft.column("note", 2),
        )
        rows = tuple(
            Row(f"note-{i}", (plain(about), plain(target), plain(note)))
            for i, (about, target, note) in enumerate(notes, 1)
        )
        yield Table("notes", draft.words("label.notes"), columns, rows)


def _notes(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Every note of the record: what it is about, where, its text."""
    for kind, target, note in (*_place_notes(draft), *_work_notes(draft)):
        if note.strip():
            yield kind, target, draft.names.typed(note)


def _place_notes(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """About the organisation, workflows, platforms, sources and stages."""
    audit, names, words = draft.audit, draft.names, draft.words
    frame = audit.organisation
    yield words("about.wanted"), names.organisation, frame.decision_wanted
    yield words("about.symptoms"), names.organisation, "; ".join(s.text for s in symptoms(audit))
    yield words("about.organisation"), names.organisation, frame.note
    groups: tuple[tuple[str, Mapping[Any, Any]], ...] = (
        ("workflow", audit.workflows),
        ("platform", audit.platforms),
        ("source", audit.sources),
    )
    for kind, group in groups:
        for key, record in sorted(group.items()):
            yield words(f"about.{kind}"), names.target(key), record.note
    titles = {stage.id: stage.title for stage in audit.bank.stages}
    for workflow, stages in sorted(audit.stages.items()):
        for stage, kept in sorted(stages.items()):
            place = f"{names.target(workflow)}, {titles.get(stage, stage)}"
            yield words("about.stage"), place, kept.note
    for workflow, links in sorted(audit.links.items()):
        for source, link in sorted(links.items()):
            yield (
                words("about.link"),
                f"{names.target(workflow)}, {names.target(source)}",
                link.note,
            )


def _work_notes(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """About answers, gaps, actions, sessions and people."""
    audit, names, words = draft.audit, draft.names, draft.words
    for workflow, screening in sorted(audit.screening.items()):
        yield words("about.screening"), names.target(workflow), screening.note
    for workflow, confirmation in sorted(audit.confirmations.items()):
        yield words("about.confirmation"), names.target(workflow), confirmation.note
    for workflow, rules in sorted(audit.enforcement.items()):
        for policy, found in sorted(rules.items()):
            place = f"{names.target(workflow)}, {rule_text(draft, policy)}"
            text = ". ".join(text for text in (found.result, found.note) if text.strip())
            yield words("about.enforcement"), place, text
    for target, question, answer in facts.answers(audit):
        yield draft.asked(question), names.target(target), answer.note
    there = {gap.key for gap in draft.inputs.gaps}
    for gap, remark in sorted(audit.gap_notes.items()):
        question, place = gap_place(gap)
        # The register of gaps prints why one is accepted, as long as the gap is there.
        text = remark.note if gap in there else f"{remark.because} {remark.note}".strip()
        yield words("about.gap"), f"{draft.asked(question)}, {names.target(place)}", text
    for action, note in sorted(audit.action_notes.items()):
        name, _, at = action.partition("/")
        yield words("about.action"), f"{name}, {names.target(Target(at))}", note.note
    for _, session in sorted(audit.sessions.items()):
        yield words("about.session"), names.typed(session.title), session.note
    for person, record in sorted(audit.people.items()):
        yield words("about.person"), names.person(person), record.note


def _elsewhere(draft: Draft) -> dict[str, int]:
    """What the file keeps and this report does not print, by unit."""
    audit = draft.audit
    workflows, answers = audit.workflows.values(), facts.answers(audit)
    described = [(w.purpose, w.planned_change, w.model, w.provider) for w in workflows]
    paged = [e.id for e in with_page(draft)] if is_printed(draft, "workflow") else []
    resting = audit.stages.keys() - {estimate.id for estimate in draft.estimates}
    voices = [said for _, _, answer in answers for said in answer.individual.values()]
    ballots = [said for vote in audit.votes.values() for said in vote.ballots.values()]
    return {
        "description": sum(map(any, described)),
        "resting_stage": sum(
            bool(stage.tool or stage.by_hand)
            for workflow in resting
            for stage in audit.stages[workflow].values()
        ),
        "evidence": 0
        if is_printed(draft, "evidence")
        else sum(len(group) for group in audit.evidence.values()),
        "rule": 0 if is_printed(draft, "policies") else len(audit.policies),
        "edge_case": len(audit.edge_cases),
        "upgrade": sum(upgrade.workflow not in paged for upgrade in audit.upgrades.values()),
        "deployment": len(audit.deployments),
        "ballot_round": 0 if "minutes" in (draft.request.sections or ()) else len(audit.votes),
        "own_reason": sum(bool(said.reason) for said in voices)
        + sum(bool(said.reason or said.proof) for said in ballots),
        "role": 0
        if draft.request.audience is Audience.EXECUTIVE
        else sum(bool(person.role) for person in named_people(audit).values()),
        "snapshot": len(audit.snapshots),
        "imported_row": len(audit.imports),
    }
