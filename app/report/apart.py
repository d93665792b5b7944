"""Page 4: each workflow against typical, departures from the reference, belief and disagreement."""

import math

from app.charts.belief import BeliefRow, belief_chart
from app.charts.comparison import ComparisonRow, RulerMark, comparison
from app.charts.frame import MOST_ROWS
from app.charts.scene import Scene
from app.domain.risk.misdiagnosis import misdiagnosis
from app.domain.risk.relative import printed
from app.domain.risk.results import Compared, Estimate, Withheld
from app.report import facts
from app.report.draft import Draft, number, plain, question_of
from app.report.model import Block, Line, Picture, Row, Section, Table, Text

ORDINARY_LEVEL = 3
"""Level of the ladder that stands for an ordinary IT project."""
POINTS = 100


def apart_page(draft: Draft) -> Section:
    blocks: list[Block] = [
        Picture("comparison", draft.words("caption.comparison"), _comparison(draft)),
        Text("departures", _departures(draft), draft.words("label.departures"), listed=True),
    ]
    if not draft.is_withheld and draft.inputs.portfolio.risk > 0:
        blocks.append(Picture("belief", draft.words("caption.belief"), _belief(draft)))
        blocks.append(Text("misdiagnosis", _misdiagnosis(draft)))
    blocks.append(estimates(draft, draft.estimates[:MOST_ROWS]))
    if facts.disagreements(draft):
        blocks.append(_disagreements(draft))
    return Section(
        "apart", draft.words("section.apart"), _heading(draft), _lead(draft), tuple(blocks)
    )


def _heading(draft: Draft) -> Line:
    printed_ = [e for e in draft.estimates if e.withheld is None]
    words = [e.relative.word for e in printed_]
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
    lines = [draft.say("apart.rule", base=draft.audit.reference.base_rate)]
    if draft.is_withheld:
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
                amount=draft.money(found.doubt.amount),
                low=draft.money(found.doubt.low),
                high=draft.money(found.doubt.high),
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
            _relative_words(draft, e),
        )
        for e in draft.estimates
    ]
    return comparison(rows, _ruler(draft), draft.words)


def _relative_words(draft: Draft, estimate: Estimate) -> str:
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


def _belief(draft: Draft) -> Scene:
    found = draft.inputs.portfolio
    votes = [draft.audit.belief_votes[person] for person in sorted(draft.audit.belief_votes)]
    rows = [
        BeliefRow(
            category.id,
            category.title,
            sum(v.points.get(category.id, 0) for v in votes) / len(votes) / POINTS
            if votes
            else None,
            found.categories[category.id] / found.risk,
            draft.audit.reference.shares[category.id],
        )
        for category in draft.audit.bank.categories
        if category.id in found.categories
    ]
    return belief_chart(rows, draft.words)


def _misdiagnosis(draft: Draft) -> tuple[Line, ...]:
    votes = draft.audit.belief_votes
    found = misdiagnosis(draft.inputs.portfolio, votes.values())
    if found is None:
        return (draft.say("apart.no_belief", n=len(votes)),)
    titles = {category.id: category.title for category in draft.audit.bank.categories}
    blamed = [titles.get(category, category) for category in sorted(found)]
    return (draft.say("apart.belief", n=len(votes), blamed=blamed),)


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


def _disagreements(draft: Draft) -> Table:
    questions = question_of(draft.audit)
    found = facts.disagreements(draft)
    columns = (
        draft.column("question", 1.6),
        draft.column("higher", 0.8),
        draft.column("lower", 0.8),
        draft.column("targets", 0.3, right=True),
    )
    rows = tuple(
        Row(
            f"{i}-{d.question}",
            (
                plain(questions[d.question].text),
                plain(d.upper, detail=draft.level(d.high)),
                plain(d.lower, detail=draft.level(d.low)),
                number(d.targets, draft.words.figure(d.targets)),
            ),
        )
        for i, d in enumerate(found[:MOST_ROWS], 1)
    )
    left = len(found) - len(rows)
    note = draft.words.count("other_question", left) if left else ""
    return Table("disagreements", draft.words("label.disagreements"), columns, rows, note)
