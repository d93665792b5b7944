"""What stands on every page: title, client, classification, status and the line at the foot."""

from app.report.draft import Draft, cut
from app.report.model import Control, Frame

HEAD_TEXT, FOOT_TEXT = 56, 40
"""Characters of typed text in the header and the footer."""
HEAD_SIGNS = 12
"""Characters of the chain head that stand in the footer."""


def frame(draft: Draft, made: Control, title: str, status: str) -> Frame:
    """`title` where the audit has none that this audience may read; `status` stands at the head."""
    names, words, organisation = draft.names, draft.words, draft.audit.organisation
    classification = words("label.pseudonymised")
    if not names.is_external:
        title = cut(names.known(organisation.title), HEAD_TEXT) or title
        typed = organisation.classification or draft.request.brand.classification
        classification = cut(names.known(typed), HEAD_TEXT)
    day = words.date(draft.date)
    footer = words(
        "label.footer",
        client=cut(names.organisation, FOOT_TEXT) or title,
        date=day,
        bank=made.bank,
        reference=made.reference,
        sequence=words.figure(made.sequence),
        head=made.chain_head[:HEAD_SIGNS],
    )
    return Frame(
        title=title,
        client=names.organisation,
        classification=classification,
        date=draft.date,
        date_text=day,
        status=status,
        footer=footer,
        of_pages=words("label.of_pages"),
    )
