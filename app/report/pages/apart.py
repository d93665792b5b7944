"""Page 4: each workflow against typical, and where the causes depart from the reference."""

import math
from collections.abc import Iterator

from app.charts.comparison import ComparisonRow, RulerMark, comparison
from app.charts.frame import MOST_ROWS
from app.charts.ruler import Reading, RulerPoint, ruler
from app.charts.scene import Scene
from app.domain.risk.relative import printed
from app.domain.risk.results import Compared, Estimate, Withheld
from app.report.draft import Draft, number, plain
from app.report.model import Block, Line, Picture, Row, Section, Table, Text

ORDINARY_LEVEL = 3
"""Level of the ladder that stands for an ordinary IT project."""
PERCENT = 100


def apart_page(draft: Draft) -> Section:
    departures = Text(
        "departures", _departures(draft), draft.words("label.departures"), listed=True
    )
    return Section(
        "apart",
        draft.words("section.apart"),
        _heading(draft),
        _lead(draft),
        (*_compared(draft), departures, *_estimates(draft)),
    )


def _compared(draft: Draft) -> Iterator[Block]:
    """All workflows beside each other; a single one on the ruler."""
    if not draft.is_single:
        yield Picture("comparison", draft.words("caption.comparison"), _comparison(draft))
        return
    only = draft.estimates[0]
    title = draft.words("label.estimate_one")
    yield Text("estimate", (estimate_line(draft, only),), title)
    if only.withheld is None:
        yield Picture("ruler", draft.words("caption.ruler"), ruler_of(draft, only))


def _estimates(draft: Draft) -> Iterator[Block]:
    """The table says nothing that the sentence about a single workflow does not say."""
    if not draft.is_single:
        yield estimates(draft, draft.estimates[:MOST_ROWS])


def _heading(draft: Draft) -> Line:
    printed_ = [e for e in draft.estimates if e.withheld is None]
    words = [e.relative.word for e in printed_]
    if not words and not draft.is_withheld:
        return draft.say("apart.heading_in_use", of=len(draft.estimates))
    better = sum(word in (Compared.BETTER, Compared.CLEARLY_BETTER) for word in words)
    return draft.say(
        "apart.heading",
        weight=draft.answered(draft.coverage.weight),
        withheld=draft.is_withheld or not words,
        better=better,
        typical=words.count(Compared.TYPICAL),
        worse=words.count(Compared.WORSE),
        of=len(words),
    )


def _lead(draft: Draft) -> tuple[Line, ...]:
    rule = "rule_single" if draft.is_single else "rule"
    lines = [draft.say(f"apart.{rule}", base=draft.audit.reference.base_rate)]
    if draft.is_withheld or draft.is_single:
        return tuple(lines)
    found = draft.inputs.portfolio
    print_ = printed(found.risk, found.range)
    full = printed(found.risk, found.full_range)
    lines.append(
        draft.say(
            "apart.portfolio",
            risk=print_.risk,
            low=print_.low,
            high=print_.high,
            full_low=full.low,
            full_high=full.high,
            of=len(draft.estimates),
        )
    )
    if found.doubt:
        lines.append(
            draft.say(
                "apart.doubt",
                amount=draft.money(found.doubt.amount, estimated=True),
                low=draft.money(found.doubt.low, estimated=True),
                high=draft.money(found.doubt.high, estimated=True),
                valued=found.doubt.valued,
                of=found.doubt.of,
            )
        )
    return tuple(lines)


def _comparison(draft: Draft) -> Scene:
    rows = [
        ComparisonRow(
            draft.names.key(e.id),
            draft.names.target(e.id),
            e.state.value,
            e.relative.value if e.withheld is None else None,
            e.relative.low,
            e.relative.high,
            relative_words(draft, e),
        )
        for e in draft.estimates
    ]
    return comparison(rows, _ruler(draft), draft.words)


def relative_words(draft: Draft, estimate: Estimate) -> str:
    """The word for the hazard against typical with its figure, or why there is none."""
    if estimate.withheld is not None:
        return _why_withheld(draft, estimate)
    value = draft.words.figure(estimate.relative.value, 1)
    return f"{draft.words(f'relative.{estimate.relative.word.value}')} ({value})"


def _why_withheld(draft: Draft, estimate: Estimate) -> str:
    if estimate.withheld is Withheld.IN_USE_OVER_A_YEAR:
        return draft.words("withheld_short.in_use_over_a_year")
    answered = draft.words("format.percent", value=draft.answered(estimate.coverage.weight))
    return f"{draft.words('withheld_short.too_little_known')} ({answered})"


def _ruler(draft: Draft) -> list[RulerMark]:
    """Chances of the reference as hazards against typical: -ln(1-P) / -ln(1-P0)."""
    reference = draft.audit.reference
    typical = -math.log1p(-reference.base_rate)
    marks = (
        ("ruler_typical", reference.base_rate),
        ("ruler_ordinary", reference.ladder[ORDINARY_LEVEL]),
        ("ruler_best", reference.ladder[-1]),
    )
    return [
        RulerMark(
            -math.log1p(-chance) / typical,
            draft.words(f"chart.comparison.{code}", share=draft.words.percent(chance)),
        )
        for code, chance in marks
    ]


def _departures(draft: Draft) -> tuple[Line, ...]:
    found = draft.inputs.portfolio
    if draft.is_withheld:
        return (draft.say("estimate.too_little", weight=draft.answered(draft.coverage.weight)),)
    titles = {category.id: category.title for category in draft.audit.bank.categories}
    lines = [
        draft.say(
            "apart.departure",
            category=titles.get(category, category),
            share=found.categories[category] / found.risk,
            reference=draft.audit.reference.shares[category],
        )
        for category in sorted(found.departures)
    ]
    return tuple(lines) or (draft.say("apart.no_departure"),)


def estimates(draft: Draft, chosen: tuple[Estimate, ...], key: str = "estimates") -> Table:
    """Chance of missing the target with both ranges; the reason where none is printed."""
    columns = (
        draft.column("workflow", 1.25),
        draft.column("state", 0.8),
        draft.column("chance", 0.4, right=True),
        draft.column("answer_range", 0.5, right=True),
        draft.column("full_range", 0.5, right=True),
        draft.column("answered", 0.45, right=True),
    )
    rows = tuple(_estimate_row(draft, estimate) for estimate in chosen)
    left = len(draft.estimates) - len(chosen)
    known = sum(estimate.withheld is None for estimate in draft.estimates)
    note = draft.say("apart.others", n=left, known=known).text if left else ""
    return Table(key, draft.words("label.estimates"), columns, rows, note)


def _estimate_row(draft: Draft, estimate: Estimate) -> Row:
    words = draft.words
    if estimate.withheld is None:
        answers = printed(estimate.risk, estimate.range)
        full = printed(estimate.risk, estimate.full_range)
        figures = (
            number(answers.risk, words("format.percent", value=answers.risk)),
            plain(words.span(str(answers.low), str(answers.high))),
            plain(words.span(str(full.low), str(full.high))),
        )
    else:
        reason = words(f"withheld_short.{estimate.withheld.value}")
        figures = (plain("–"), plain(reason), plain("–"))
    return Row(
        draft.names.key(estimate.id),
        (
            plain(draft.names.target(estimate.id)),
            plain(words(f"state.{estimate.state.value}"), tone=estimate.state.value),
            *figures,
            number(
                estimate.coverage.weight,
                words("format.percent", value=draft.answered(estimate.coverage.weight)),
            ),
        ),
    )


def estimate_line(draft: Draft, found: Estimate) -> Line:
    """Relative to typical with its range, then the chance with both ranges, or why neither."""
    near, full = printed(found.risk, found.range), printed(found.risk, found.full_range)
    known = found.withheld is None
    figure = draft.words.figure
    return draft.say(
        "workflow.estimate",
        withheld="" if known else relative_words(draft, found),
        compared=draft.words(f"relative.{found.relative.word.value}"),
        value=figure(found.relative.value, 1),
        relative_low=figure(found.relative.low, 1),
        relative_high=figure(found.relative.high, 1),
        risk=near.risk,
        low=near.low,
        high=near.high,
        full_low=full.low,
        full_high=full.high,
        doubt=draft.money(found.doubt.amount, estimated=True) if known and found.doubt else "",
    )


def ruler_of(draft: Draft, found: Estimate) -> Scene:
    """The chance beside those of a typical deployment, an ordinary project and the best."""
    reference, words = draft.audit.reference, draft.words
    marks = (
        ("typical", reference.base_rate),
        ("ordinary", reference.ladder[ORDINARY_LEVEL]),
        ("best", reference.ladder[-1]),
    )
    points = [
        RulerPoint(chance, words(f"chart.ruler.{code}", share=words.percent(chance)))
        for code, chance in marks
    ]
    reading = None
    if found.withheld is None:
        near, full = printed(found.risk, found.range), printed(found.risk, found.full_range)
        numbers = (near.risk, near.low, near.high, full.low, full.high)
        reading = Reading(*(n / PERCENT for n in numbers))
    return ruler(points, reading, words)
