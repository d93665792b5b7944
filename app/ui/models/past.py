"""Past deployments and model upgrades as tables one can type in."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.domain.audit import Audit
from app.domain.ids import DeploymentId, UpgradeId
from app.domain.risk.calibration import has_failed
from app.domain.statements import Fallacy
from app.domain.upgrades import Bought
from app.ui.models.choices import Names, yes_or_no
from app.ui.models.columns import Column, Kind
from app.ui.models.ledger import judged, undefined
from app.ui.models.records import Index, RecordModel
from app.ui.page import Bench, translate

ENDED = {True: "failed", False: "reached", None: "open"}
ENDED_STATES = {True: "live_without_cover", False: "may_go_live", None: "stop_or_pause"}
"""Outcome to the state whose tint its chip has."""
FALLACY_STATES = {
    Fallacy.YES: "live_without_cover",
    Fallacy.NO: "may_go_live",
    Fallacy.CANNOT_SAY: "stop_or_pause",
}
PERCENT = 100


def workflows(audit: Audit) -> Mapping[str, str]:
    return Names(audit.workflows)


class DeploymentModel(RecordModel):
    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        tr, kind = translate, Kind
        known = yes_or_no(bench.words)

        def outcome(audit: Audit, id_: str) -> str:
            return bench.words(f"ended.{ENDED[has_failed(audit.deployments[DeploymentId(id_)])]}")

        def tone(audit: Audit, id_: str) -> str:
            return ENDED_STATES[has_failed(audit.deployments[DeploymentId(id_)])]

        columns = [
            Column(tr("Name"), "name", width=210),
            Column(tr("Finished"), "finished", kind.DATE, width=95, tip=tr("Year-month-day")),
            Column(
                tr("Full scale?"), "reached_scale", kind.CHOICE, known, width=90,
                tip=tr("Did it reach full-scale production?"),
            ),
            Column(
                tr("Paid back?"), "returned_projected", kind.CHOICE, known, width=90,
                tip=tr("Did it return what was projected?"),
            ),
            Column(tr("Outcome"), show=outcome, tone=tone, width=140),
            Column(
                tr("Why it missed"), "failure_split", say=say_split, hear=hear_split, width=240,
                tip=tr("Causes with their parts, such as: data 70, adoption 30"),
            ),
            Column(
                tr("Against typical"), "relative_hazard", kind.NUMBER, width=110,
                tip=tr("Its hazard when it was audited, 1 is typical; empty counts as typical"),
            ),
            Column(tr("Note"), "note", width=240),
        ]  # fmt: skip
        super().__init__(
            bench.desk, bench.look, "deployments", columns,
            word=tr("past deployment"), prefix="dep", parent=parent,
        )  # fmt: skip

    def _value(self, column: Column, audit: Audit, id_: str, role: int) -> Any:
        """A list to choose from knows *no* by its text."""
        value = super()._value(column, audit, id_, role)
        return str(value) if isinstance(value, bool) else value


def say_split(_audit: Audit, split: Mapping[str, float]) -> str:
    """`data 70, adoption 30`, the largest first."""
    parts = sorted(split.items(), key=lambda part: (-part[1], part[0]))
    return ", ".join(f"{cause} {part * PERCENT:.0f}" for cause, part in parts)


def hear_split(audit: Audit, text: str) -> dict[str, float]:
    """Causes by id or the start of their title; parts need not add up to 100, a cause alone is 1.

    Raises ValueError with what would fit.
    """
    found: dict[str, float] = {}
    for piece in filter(None, (p.strip() for p in text.replace(";", ",").split(","))):
        name, _, last = piece.rpartition(" ")
        amount = last.rstrip("%")
        is_number = bool(name) and amount.replace(".", "", 1).isdigit()
        cause = _cause(audit, name if is_number else piece)
        found[cause] = found.get(cause, 0.0) + (float(amount) if is_number else 1.0)
    total = sum(found.values())
    if found and not total:
        raise ValueError(translate("No cause has a part"))
    return {cause: part / total for cause, part in found.items()}


def _cause(audit: Audit, text: str) -> str:
    typed = text.strip().casefold()
    for category in audit.bank.categories:
        if typed and (category.id.startswith(typed) or category.title.casefold().startswith(typed)):
            return category.id
    known = ", ".join(category.id for category in audit.bank.categories)
    raise ValueError(translate("“{0}” is not one of: {1}").format(text, known))


class UpgradeModel(RecordModel):
    """`bought`: upgrade to the verdict on it, as the page last worked it out."""

    def __init__(self, bench: Bench, parent: QObject | None = None) -> None:
        tr, kind, words = translate, Kind, bench.words
        self.bought: Mapping[UpgradeId, Bought] = {}

        def of(say: Callable[[Bought], str]) -> Callable[[Audit, str], str]:
            def shown(_audit: Audit, id_: str) -> str:
                row = self.bought.get(UpgradeId(id_))
                return say(row) if row else ""

            return shown

        columns = [
            Column(tr("Workflow"), "workflow", kind.CHOICE, workflows, width=215),
            Column(tr("Date"), "date", kind.DATE, width=95, tip=tr("Year-month-day")),
            Column(tr("Before"), "before", width=145),
            Column(tr("After"), "after", width=145),
            Column(tr("Cost"), "cost", kind.NUMBER, width=75),
            Column(tr("Effect"), "effect", width=190),
            Column(
                tr("Verdict"), show=of(lambda r: words.of(r.ground.verdict, "fallacy")),
                tone=of(lambda r: FALLACY_STATES[r.ground.verdict]), width=200,
                tip=tr("Judged by the entry questions at the snapshot nearest to the upgrade"),
            ),
            Column(tr("Open then"), show=of(lambda r: undefined(bench, r)), width=170),
            Column(tr("Judged by"), show=of(lambda r: judged(words, r)), width=175),
            Column(tr("Reason"), "reason", width=240),
        ]  # fmt: skip
        super().__init__(
            bench.desk, bench.look, "upgrades", columns,
            word=tr("model upgrade"), prefix="up", parent=parent,
        )  # fmt: skip

    def _new_record(self, fields: dict[str, Any]) -> Any:
        """Of today, until another date is typed."""
        if fields.get("date") is None:
            fields["date"] = self.desk.today()
        if not fields.get("workflow"):
            raise ValueError(translate("An upgrade belongs to a workflow"))
        return self._kind()(**fields)

    def _adding(self, index: Index, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and index.isValid() and index.column() == 0:
            return translate("Choose a workflow to add a row")
        return super()._adding(index, role)
