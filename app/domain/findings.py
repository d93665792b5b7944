"""What a check can find: its kind, how grave it is, and where it is mended."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct


class FindingSeverity(StrEnum):
    """An error is a contradiction; a warning misleads readers; a hint is something missing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class FindingKind(StrEnum):
    """The code that words are looked up by."""

    DANGLING_REFERENCE = "dangling_reference"
    VALUE_OUT_OF_RANGE = "value_out_of_range"
    ID_USED_TWICE = "id_used_twice"
    LIVE_IN_FUTURE = "live_in_future"
    OUTCOME_CONTRADICTS_LIFECYCLE = "outcome_contradicts_lifecycle"
    STAGE_OWNER_CONTRADICTS = "stage_owner_contradicts"
    STAGE_MECHANISM_CONTRADICTS = "stage_mechanism_contradicts"
    TESTED_BUT_NOWHERE = "tested_but_nowhere"
    LEVEL_OUT_OF_RANGE = "level_out_of_range"
    ANSWER_OUT_OF_SCOPE = "answer_out_of_scope"
    NOT_APPLICABLE_ON_CONDITION = "not_applicable_on_condition"
    PIN_OUTSIDE_PLAN = "pin_outside_plan"
    PINNED_AND_EXCLUDED = "pinned_and_excluded"
    DECIDED_WITHOUT_VERDICT = "decided_without_verdict"
    FAILURE_SPLIT_OF_SUCCESS = "failure_split_of_success"

    DUPLICATE_NAME = "duplicate_name"
    SEAT_TAKEN_TWICE = "seat_taken_twice"
    WORKFLOW_WITHOUT_OWNER = "workflow_without_owner"
    LIVE_WITHOUT_DATE = "live_without_date"
    STOPPED_BUT_LIVE = "stopped_but_live"
    POLICY_ENFORCED_NOWHERE = "policy_enforced_nowhere"
    PROOF_INCOMPLETE = "proof_incomplete"
    PROOF_EXPIRED = "proof_expired"
    NOT_APPLICABLE_WITHOUT_REASON = "not_applicable_without_reason"
    UNKNOWN_WITHOUT_FINDER = "unknown_without_finder"
    CONTENT_NOT_IN_BANK = "content_not_in_bank"
    CONDITION_ON_PROPOSED = "condition_on_proposed"
    CONFIRMED_ANSWERS_CHANGED = "confirmed_answers_changed"
    CONFIRMED_BY_ANOTHER = "confirmed_by_another"
    TOO_MUCH_NOT_APPLICABLE = "too_much_not_applicable"
    DECISION_WITHOUT_OWNER = "decision_without_owner"
    DECISION_WITHOUT_DATE = "decision_without_date"
    DISAGREED_WITHOUT_REASON = "disagreed_without_reason"
    GOLDEN_RESPONSE_MISSING = "golden_response_missing"

    DAY_RATE_MISSING = "day_rate_missing"
    SPONSOR_MISSING = "sponsor_missing"
    DECISION_WANTED_MISSING = "decision_wanted_missing"
    PLAN_START_MISSING = "plan_start_missing"
    PERSON_WITHOUT_ROLE = "person_without_role"
    AREA_NOT_IN_BANK = "area_not_in_bank"
    BENEFIT_MISSING = "benefit_missing"
    LIFECYCLE_MISSING = "lifecycle_missing"
    IMPORTED_UNTOUCHED = "imported_untouched"
    SOURCE_WITHOUT_WORKFLOW = "source_without_workflow"
    SOURCE_WITHOUT_OWNER = "source_without_owner"
    POLICY_WITHOUT_OWNER = "policy_without_owner"
    POLICY_NEVER_TESTED = "policy_never_tested"
    ANSWER_NOT_COUNTED = "answer_not_counted"
    ACCEPTED_WITHOUT_DATE = "accepted_without_date"
    PARKED_WITHOUT_OWNER = "parked_without_owner"
    OUTCOME_NOT_RECORDED = "outcome_not_recorded"


_KINDS: Final = tuple(FindingKind)
_FIRST_WARNING: Final = _KINDS.index(FindingKind.DUPLICATE_NAME)
_FIRST_HINT: Final = _KINDS.index(FindingKind.DAY_RATE_MISSING)


def severity(kind: FindingKind) -> FindingSeverity:
    """Kinds stand in the order of their gravity."""
    place = _KINDS.index(kind)
    if place < _FIRST_WARNING:
        return FindingSeverity.ERROR
    return FindingSeverity.WARNING if place < _FIRST_HINT else FindingSeverity.HINT


class Finding(Struct, frozen=True):
    """One thing to mend: the record it points at, and the values its sentence names."""

    kind: FindingKind
    collection: str
    keys: tuple[str, ...]
    field: str = ""
    values: Mapping[str, str | int | float] = {}

    @property
    def severity(self) -> FindingSeverity:
        return severity(self.kind)
