"""A bank of one question, and audits over it, for tests of the file and of the one door."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from app.domain import answers as a
from app.domain import landscape as land
from app.domain import planning as plan
from app.domain import workshop as room
from app.domain.audit import Audit
from app.domain.bank import Activity, Bank, Category, Grade, Question, ReferenceSet, Scope, Stage
from app.domain.ids import NOBODY

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 2)
LEVELS = ("none", "some", "written", "working", "measured")


def bank(version: str = "1") -> Bank:
    return Bank(
        schema="1",
        version=version,
        title="Tiny",
        language="en",
        level_names=LEVELS,
        level_rule="",
        unknown_rule="",
        categories=(Category("governance", "Governance", discipline=True),),
        activities=(Activity("routing", "Routing", "governance", 100.0, "judgement"),),
        stages=(Stage("routing", "Routing", 1, 100.0),),
        sections=(),
        questions=(
            Question(
                id="RT-01",
                section="routing",
                scope=Scope.WORKFLOW,
                category="governance",
                activity="routing",
                criticality=2.0,
                text="Who decides where a request goes?",
                levels=LEVELS,
                crosswalk={"standard": ("4.1",)},
            ),
        ),
        actions=(),
    )


def reference() -> ReferenceSet:
    return ReferenceSet(
        id="tiny",
        title="Tiny",
        date="2026-01-01",
        source="made up",
        base_rate=0.8,
        shares={"governance": 1.0},
        ladder=(0.95, 0.85, 0.7, 0.5, 0.3),
        upper_levels=(0.3, 0.1, 0.02),
        trust={grade.value: 0.5 for grade in Grade},
    )


def empty_audit() -> Audit:
    return Audit(bank(), reference())


def full_audit() -> Audit:
    """Every collection has a record, and nearly every field something other than its default."""
    return Audit(bank(), reference(), **_landscape(), **_replies(), **_planning(), **_room())


def _landscape() -> Mapping[str, Any]:
    return {
        "organisation": land.Organisation(
            title="Übung", name="Harbour", day_rate=900, sponsor="p1", symptoms=("stalled",)
        ),
        "people": {"p1": land.Person("Ada Öz", "lead", 1), "p2": land.Person("Bo")},
        "platforms": {"pl1": land.Platform("Gateway", owner="p1")},
        "workflows": {
            "w1": land.Workflow(
                "Claims",
                owner="p1",
                lifecycle=land.Lifecycle.PILOT,
                outcome=land.Outcome.FIX,
                platform="pl1",
                users=40,
                requests_a_day=120.5,
                tenure=land.Tenure.RENTED,
                custom_model=False,
                go_live=DAY,
                autonomy=land.Autonomy.ALONE,
                money=land.Influence.DECIDES,
                own_model_goal=True,
            ),
            "w2": land.Workflow("Letters", in_scope=False),
        },
        "stages": {
            "w1": {"routing": land.StageRecord(owner=NOBODY, mechanism=land.Mechanism.CODE)}
        },
        "sources": {"s1": land.ContextSource("Policies", owner="p2")},
        "links": {"w1": {"s1": land.SourceLink(3)}},
        "policies": {"r1": land.Policy("No names in logs", signed=DAY)},
        "enforcement": {"w1": {"r1": land.Enforcement(land.EnforcementPoint.CODE, DAY)}},
        "upgrades": {"u1": land.ModelUpgrade("w1", DAY, "small", "large", cost=1.5)},
        "deployments": {"d1": land.Deployment("Old", reached_scale=False, multipliers={"g": 1.2})},
        "imports": {"i1": land.ImportedRow("w1", "7", "list.csv", 3, {"Name": "Claims\n"})},
    }


def _replies() -> Mapping[str, Any]:
    said = a.Said(a.Reply.LEVEL, 3, Grade.DOCUMENTED, a.Proof("Rules", date=DAY, sample=4))
    return {
        "answers": {
            "w1": {"RT-01": a.Answer(a.Review.AGREED, said, {"p1": said}, find_out=a.FindOut("p2"))}
        },
        "evidence": {"w1": {"e1": a.Evidence("w1", "Rules", a.Presence.PARTIAL, date=DAY)}},
        "screening": {"w1": a.Screening({"S1": a.ScreenReply.UNKNOWN})},
        "confirmations": {"w1": a.Confirmation("p1", AT, "ab12")},
    }


def _planning() -> Mapping[str, Any]:
    return {
        "plan": plan.PlanSettings(DAY, 9, 30.5, {"engineer": 10.0}, {"A-1/w1": 2}, ("A-2",)),
        "gap_notes": {
            "RT-01/w1": plan.GapNote("p1", DAY, plan.Severity.HIGH, plan.Response.ACCEPT)
        },
        "action_notes": {"A-1/w1": plan.ActionNote(effort=4.5, done=True)},
        "own_gaps": {"g1": plan.OwnGap("No owner", "w1", "routing", owner="p1", at=AT)},
        "own_actions": {"own1": plan.OwnAction("Train", "w1", 2, "lead", 3.0, {"RT-01": 3})},
    }


def _room() -> Mapping[str, Any]:
    ballot = a.Said(a.Reply.UNKNOWN)
    return {
        "edge_cases": {"x1": room.EdgeCase("w1", "Two claims in one letter", expert="p2")},
        "belief_votes": {"p1": room.BeliefVote({"governance": 60.0})},
        "sessions": {
            "m1": room.Session(
                "First",
                DAY,
                AT,
                None,
                (room.Timebox("opening", 6), room.Timebox(title="Tour", started=AT)),
            )
        },
        "attendance": {
            "m1": {
                "p1": room.Attendance(arrived=AT, left=AT + dt.timedelta(hours=2)),
                "p2": room.Attendance(present=False),
            }
        },
        "votes": {
            "v1": room.Vote(
                "m1", "RT-01", "w1", 1, {"p1": ballot}, dissent=(room.Dissent("p2", "No"),)
            )
        },
        "decisions": {
            "k1": room.Decision(
                "Pause letters", workflows=("w2",), dissent=(room.Dissent("p2", "no"),)
            )
        },
        "dot_votes": {"m1": {"p1": room.DotVote({"RT-01/w1": 3}, {"A-1/w1": 1})}},
        "parking": {"q1": room.ParkingItem("Who pays?", session="m1")},
        "snapshots": {"n1": room.Snapshot("Before", AT, 1, "00" * 32)},
    }
