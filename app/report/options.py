"""Options A to D: days, cost, what each leaves, and whether they differ by more than the range."""

from app.domain.conditions import WorkflowState
from app.domain.plan.results import PlanOption
from app.report.draft import Draft, number, plain
from app.report.model import Cell, Row, Table


def options_table(draft: Draft) -> Table:
    columns = [
        draft.column("option", 1.1),
        draft.column("days", 0.3, right=True),
        draft.column("cost", 0.45, right=True),
        draft.column("conditions_new", 0.45, right=True),
        draft.column("may_build_or_live", 0.5, right=True),
    ]
    if not draft.is_withheld:
        columns.append(draft.column("misses_range", 0.55, right=True))
    rows = tuple(_row(draft, option) for option in draft.inputs.options)
    alike = [option.kind.value for option in draft.inputs.options[1:] if not option.differs]
    note = draft.say("roadmap.alike", kinds=alike).text if alike else ""
    return Table("options", draft.words("label.options"), tuple(columns), rows, note)


def _cost(draft: Draft, option: PlanOption) -> Cell:
    if option.cost is None:
        return plain("–")
    text = draft.money(option.cost) if option.cost else draft.words("label.no_cost")
    return number(option.cost, text)


def _row(draft: Draft, option: PlanOption) -> Row:
    words = draft.words
    ready = option.states.get(WorkflowState.MAY_BUILD, 0) + option.states.get(
        WorkflowState.MAY_GO_LIVE, 0
    )
    cells = [
        plain(words(f"option.{option.kind.value}")),
        number(option.days, words.figure(option.days)),
        _cost(draft, option),
        number(option.conditions_met, words.figure(option.conditions_met)),
        number(ready, words.figure(ready)),
    ]
    if not draft.is_withheld:
        span = words.span(
            words.figure(option.misses_range.low), words.figure(option.misses_range.high)
        )
        cells.append(number(option.misses, f"{words.figure(option.misses)} ({span})"))
    return Row(f"option-{option.kind.value}", tuple(cells))
