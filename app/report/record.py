"""Annex of what people wrote and decided: notes, decisions, dissent, parking lot, attendance."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.gaps import gap_place
from app.domain.ids import Target
from app.domain.symptoms import symptoms
from app.report import facts, room
from app.report.draft import Draft, plain
from app.report.lanes import shows_whole
from app.report.left_over import is_printed
from app.report.model import Block, Line, Row, Section, Table


def record_annex(draft: Draft) -> Section:
    """External readers get numbers only."""
    notes = list(_notes(draft))
    dissent = sum(len(d.dissent) for d in draft.audit.decisions.values())
    heading = draft.say(
        "record.heading",
        notes=len(notes),
        decisions=len(draft.audit.decisions),
        dissent=dissent,
        parked=len(draft.audit.parking),
        external=draft.names.is_external,
    )
    blocks: list[Block] = []
    if not draft.names.is_external:
        blocks += _written(draft, notes)
    if draft.audit.attendance and not shows_whole(draft, len(draft.audit.attendance)):
        blocks.append(room.attendance_table(draft))
    lead: tuple[Line, ...] = (draft.say("record.not_printed", **_elsewhere(draft)),)
    return Section("record", draft.words("section.record"), heading, lead, tuple(blocks))


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


def _work_notes(draft: Draft) -> Iterator[tuple[str, str, str]]:
    """About answers, gaps, actions, sessions and people."""
    audit, names, words = draft.audit, draft.names, draft.words
    for target, question, answer in facts.answers(audit):
        yield str(question), names.target(target), answer.note
    for gap, remark in sorted(audit.gap_notes.items()):
        question, place = gap_place(gap)
        yield words("about.gap"), f"{question}, {names.target(place)}", remark.note
    for action, note in sorted(audit.action_notes.items()):
        name, _, at = action.partition("/")
        yield words("about.action"), f"{name}, {names.target(Target(at))}", note.note
    for _, session in sorted(audit.sessions.items()):
        yield words("about.session"), names.typed(session.title), session.note
    for person, record in sorted(audit.people.items()):
        yield words("about.person"), names.person(person), record.note


def _elsewhere(draft: Draft) -> dict[str, int]:
    """What the file keeps and this report does not print."""
    audit = draft.audit
    return {
        "texts": sum(bool(w.purpose or w.planned_change) for w in audit.workflows.values()),
        "evidence": 0
        if is_printed(draft, "evidence")
        else sum(len(group) for group in audit.evidence.values()),
        "policies": len(audit.policies),
        "edge_cases": len(audit.edge_cases),
        "upgrades": len(audit.upgrades),
        "deployments": len(audit.deployments),
        "votes": len(audit.votes),
        "snapshots": len(audit.snapshots),
        "imported": len(audit.imports),
    }
