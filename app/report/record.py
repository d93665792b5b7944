"""Annex of what people wrote and decided: notes, decisions, dissent, parking lot, attendance."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.gaps import gap_place
from app.domain.ids import Target
from app.domain.symptoms import symptoms
from app.domain.workshop import Decision
from app.report import facts
from app.report.draft import Draft, plain
from app.report.model import Block, Cell, Line, Row, Section, Table


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
    if draft.audit.attendance:
        blocks.append(_attendance(draft))
    lead: tuple[Line, ...] = (draft.say("record.not_printed", **_elsewhere(draft)),)
    return Section("record", draft.words("section.record"), heading, lead, tuple(blocks))


def _written(draft: Draft, notes: list[tuple[str, str, str]]) -> Iterator[Block]:
    if draft.audit.decisions:
        yield _decisions(draft)
    if any(d.dissent for d in draft.audit.decisions.values()):
        yield _dissent(draft)
    if draft.audit.parking:
        yield _parking(draft)
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


def _decisions(draft: Draft) -> Table:
    columns = (
        draft.column("decision", 1.6),
        draft.column("owner", 0.6),
        draft.column("by", 0.5),
        draft.column("outcome", 0.4),
        draft.column("unblocks", 0.9),
    )
    rows = tuple(
        Row(f"decision-{i}", _decision_cells(draft, decision))
        for i, (_, decision) in enumerate(sorted(draft.audit.decisions.items()), 1)
    )
    return Table("decisions_all", draft.words("label.decisions_all"), columns, rows)


def _decision_cells(draft: Draft, decision: Decision) -> tuple[Cell, ...]:
    verdict = decision.verdict.value if decision.verdict else "open"
    decided = draft.words.short_date(decision.decided) if decision.decided else ""
    return (
        plain(draft.names.typed(decision.text), detail=draft.names.typed(decision.note)),
        plain(draft.names.person(decision.owner)),
        plain(draft.words.short_date(decision.due) if decision.due else "–"),
        plain(draft.words(f"verdict.{verdict}"), detail=decided),
        plain(draft.names.typed(decision.unblocks) or "–"),
    )


def _dissent(draft: Draft) -> Table:
    columns = (draft.column("decision", 1), draft.column("who", 0.6), draft.column("dissent", 1.6))
    rows = []
    for i, (_, decision) in enumerate(sorted(draft.audit.decisions.items()), 1):
        for n, dissent in enumerate(decision.dissent, 1):
            who = (
                draft.names.person(dissent.person)
                if dissent.consent
                else draft.words("label.unnamed")
            )
            cells = (
                plain(draft.names.typed(decision.text)),
                plain(who),
                plain(draft.names.typed(dissent.text)),
            )
            rows.append(Row(f"dissent-{i}-{n}", cells))
    return Table("dissent", draft.words("label.dissent"), columns, tuple(rows))


def _parking(draft: Draft) -> Table:
    columns = (
        draft.column("item", 1.8),
        draft.column("owner", 0.7),
        draft.column("by", 0.5),
        draft.column("status", 0.4),
    )
    rows = tuple(
        Row(
            f"parked-{i}",
            (
                plain(draft.names.typed(item.text)),
                plain(draft.names.person(item.owner, "label.no_owner")),
                plain(draft.words.short_date(item.due) if item.due else "–"),
                plain(draft.words("label.done" if item.done else "label.open")),
            ),
        )
        for i, (_, item) in enumerate(sorted(draft.audit.parking.items()), 1)
    )
    return Table("parking", draft.words("label.parking"), columns, rows)


def _attendance(draft: Draft) -> Table:
    """People present by session and area, never by name."""
    rows = []
    for i, (session, group) in enumerate(sorted(draft.audit.attendance.items()), 1):
        present = sorted(person for person, kept in group.items() if kept.present)
        record = draft.audit.sessions.get(session)
        title = draft.words("label.session_n", n=i)
        areas = sorted({area for person in present if (area := facts.party(draft, person))})
        cells = (
            plain(title, detail=draft.words.short_date(record.date) if record else ""),
            plain(draft.n_of_m(len(present), len(group))),
            plain("; ".join(areas) or "–"),
        )
        rows.append(Row(f"session-{i}", cells))
    columns = (
        draft.column("session", 0.8),
        draft.column("present", 0.5),
        draft.column("areas", 2),
    )
    return Table("attendance", draft.words("label.attendance"), columns, tuple(rows))


def _elsewhere(draft: Draft) -> dict[str, int]:
    """What the file keeps and this report does not print."""
    audit = draft.audit
    return {
        "texts": sum(bool(w.purpose or w.planned_change) for w in audit.workflows.values()),
        "evidence": sum(len(group) for group in audit.evidence.values()),
        "policies": len(audit.policies),
        "edge_cases": len(audit.edge_cases),
        "upgrades": len(audit.upgrades),
        "deployments": len(audit.deployments),
        "votes": len(audit.votes),
        "snapshots": len(audit.snapshots),
        "imported": len(audit.imports),
    }
