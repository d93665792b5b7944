"""What an audit comes to, line by line in words, so that it can stand beside another."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from app.domain.audit import Audit
from app.domain.risk.relative import percent, printed
from app.domain.risk.results import ConditionCount, Portfolio
from app.words import Words

NONE = "–"


class Line(Struct, frozen=True):
    """One result; the same key stands for the same result of another audit."""

    key: str
    label: str
    text: str


class Beside(Struct, frozen=True):
    """A result twice: before and after."""

    key: str
    label: str
    before: str
    after: str


def standing(audit: Audit, found: Portfolio | None, words: Words) -> tuple[Line, ...]:
    """States first, then conditions, then the figures of all active workflows together."""
    if found is None:
        return ()
    return tuple(
        chain(
            _states(audit, found, words), _conditions(found, words), _figures(audit, found, words)
        )
    )


def beside(before: tuple[Line, ...], after: tuple[Line, ...]) -> tuple[Beside, ...]:
    """Both side by side; what only one of them has stands at the end of its kind."""
    was, now = {line.key: line for line in before}, {line.key: line for line in after}
    kinds = {key: place for place, key in enumerate(("state", "condition", "figure"))}
    keys = sorted(dict.fromkeys((*was, *now)), key=lambda key: kinds[key.partition(" ")[0]])
    return tuple(
        Beside(
            key,
            (was.get(key) or now[key]).label,
            was[key].text if key in was else NONE,
            now[key].text if key in now else NONE,
        )
        for key in keys
    )


def _states(audit: Audit, found: Portfolio, words: Words) -> Iterator[Line]:
    for state, count in found.states.items():
        text = words.count("workflow", count.workflows)
        if count.valued:
            text += f", {words.money(count.benefit, audit.organisation.currency)}"
        yield Line(f"state {state}", words(f"state.{state}"), text)


def _conditions(found: Portfolio, words: Words) -> Iterator[Line]:
    counts = found.conditions.values()
    met, of = sum(c.met for c in counts), sum(sum(_of(c)) for c in counts)
    text = words("label.n_of_m", n=words.figure(met), of=words.figure(of))
    yield Line("condition", words("label.conditions_met"), text)
    for question, count in found.conditions.items():
        names = ("met", "said", "not_met", "unknown", "not_asked")
        parts = (
            f"{words.figure(n)} {words(f'condition.{name}')}"
            for name, n in zip(names, _of(count), strict=True)
            if n
        )
        yield Line(f"condition {question}", str(question), ", ".join(parts))


def _of(count: ConditionCount) -> tuple[int, int, int, int, int]:
    return count.met, count.said, count.not_met, count.unknown, count.not_asked


def _figures(audit: Audit, found: Portfolio, words: Words) -> Iterator[Line]:
    shown, figure = printed(found.risk, found.range), words.figure
    relative, middle = found.relative, found.missing_middle
    rows = [
        ("if_all", f"{shown.risk}%", f"{shown.low}%", f"{shown.high}%"),
        (
            "full_range",
            "",
            f"{percent(found.full_range.low)}%",
            f"{percent(found.full_range.high)}%",
        ),
        ("relative", *(figure(v, 1) for v in (relative.value, relative.low, relative.high))),
        (
            "misses",
            figure(found.expected_misses, 1),
            figure(found.misses.low),
            figure(found.misses.high),
        ),
        ("missing_middle", *(figure(v) for v in (middle.index, middle.low, middle.high))),
    ]
    if found.doubt:
        doubt, currency = found.doubt, audit.organisation.currency
        parts = (doubt.amount, doubt.low, doubt.high)
        amounts = (words.money(v, currency, estimated=True) for v in parts)
        rows.append(("in_doubt", *amounts))
    for name, value, low, high in rows:
        span = words.span(low, high)
        text = f"{value} ({span})" if value else span
        yield Line(f"figure {name}", words(f"label.{name}"), text)
    covered = found.coverage
    text = words("label.n_of_m", n=figure(covered.answered), of=figure(covered.of))
    yield Line("figure answered", words("label.answered"), text)
