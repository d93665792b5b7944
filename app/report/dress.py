"""What of a brand an audience may see."""

from app.report.brand import ACCENT
from app.report.draft import Draft, cut
from app.report.model import Look

NAME_SIGNS, FOOTER_SIGNS = 48, 96


def look(draft: Draft) -> Look:
    """The brand on this report. External readers get its colour: name and logo say whose it is."""
    brand, names = draft.request.brand, draft.names
    accent = "" if brand.accent == ACCENT else brand.accent
    if names.is_external:
        return Look(accent)
    name = names.known(brand.name)
    words = draft.words("label.logo", name=name or names.organisation or draft.words("label.brand"))
    return Look(
        accent,
        cut(name, NAME_SIGNS),
        cut(names.known(brand.footer), FOOTER_SIGNS),
        brand.logo,
        words if brand.logo else "",
    )
