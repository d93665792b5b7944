"""Document control: what the report was made from, and what its names and signs are worth."""

from app.report.draft import Draft, plain
from app.report.model import Control, Row, Section, Table, Text


def control(draft: Draft) -> Control:
    inputs, audit = draft.inputs, draft.audit
    return Control(
        program=inputs.program_version,
        bank=audit.bank.version,
        bank_hash=inputs.bank_hash,
        reference=audit.reference.id,
        file="" if draft.names.is_external else draft.names.known(inputs.file_name),
        sequence=inputs.sequence,
        chain_head=inputs.chain_head,
    )


def control_annex(draft: Draft, made: Control) -> Section:
    words = draft.words
    rows = (
        ("program", made.program),
        ("bank", made.bank),
        ("bank_hash", made.bank_hash),
        ("reference", made.reference),
        ("file", made.file or words("label.left_out")),
        ("sequence", words.figure(made.sequence)),
        ("chain_head", made.chain_head),
        ("audience", words(f"audience.{draft.names.audience.value}")),
        ("made_on", words.date(draft.date)),
    )
    table = Table(
        "control",
        words("label.control"),
        (draft.column("item", 0.5), draft.column("value", 1.5)),
        tuple(
            Row(key, (plain(words(f"control.{key}")), plain(value or "–"))) for key, value in rows
        ),
    )
    lines = [draft.say("control.names"), draft.say("control.verify")]
    lines.append(draft.say(f"control.audience_{draft.names.audience.value}"))
    if made.replaced:
        lines.append(draft.say("control.replaced", n=made.replaced))
    if draft.names.long:
        lines.append(draft.say("control.names_cut", n=len(draft.names.long)))
    by_kind: dict[str, int] = {}
    for finding in draft.inputs.findings:
        by_kind[finding.severity.value] = by_kind.get(finding.severity.value, 0) + 1
    for severity, n in sorted(by_kind.items()):
        lines.append(draft.say("control.findings", n=n, severity=severity))
    heading = draft.say("control.heading", sequence=made.sequence, date=draft.date)
    text = Text("control_notes", tuple(lines), listed=True)
    return Section("control", words("section.control"), heading, (), (table, text))
