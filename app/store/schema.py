"""The tables of a document file, written by hand, and the migrations that lead to them."""

from collections.abc import Mapping
from typing import Final

from sqlite_utils import Database, Migrations

APPLICATION_ID: Final = 0x506C_756D
"""The four letters "Plum"; the type is recognised by it even under another name."""

MIGRATIONS: Final = Migrations("plumbline")

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "bank": (),
    "reference": (),
    "organisation": (),
    "plan": (),
    "people": ("id",),
    "platforms": ("id",),
    "workflows": ("id",),
    "stages": ("workflow", "stage"),
    "sources": ("id",),
    "links": ("workflow", "source"),
    "policies": ("id",),
    "enforcement": ("workflow", "policy"),
    "answers": ("target", "question"),
    "evidence": ("about", "id"),
    "screening": ("workflow",),
    "confirmations": ("workflow",),
    "gap_notes": ("gap",),
    "action_notes": ("action",),
    "own_actions": ("id",),
    "own_gaps": ("id",),
    "upgrades": ("id",),
    "deployments": ("id",),
    "edge_cases": ("id",),
    "belief_votes": ("person",),
    "sessions": ("id",),
    "attendance": ("session", "person"),
    "votes": ("id",),
    "dot_votes": ("session", "person"),
    "decisions": ("id",),
    "parking": ("id",),
    "snapshots": ("id",),
    "imports": ("id",),
}
"""Key columns of each collection, outermost first. Singletons have the one row `one` = 1."""

WHOLE: Final = ("bank", "reference")
"""Collections kept as one JSON text with its hash: they are replaced, never edited."""

# JSON is plain text here: with trusted_schema off SQLite 3.40 refuses json_valid in a CHECK, and a
# row that would not read back as its record is refused before it is written.
# References are checked at commit, so the order of rows within one edit is free. An owner may be
# NOBODY, who has no row, and a target has no definite table: those are checked by the domain.
_FIRST: Final = """
CREATE TABLE "journal" (
    "sequence" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "by" TEXT,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('do', 'undo', 'redo', 'barrier')),
    "step" INTEGER NOT NULL,
    "changes" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL
) STRICT;
CREATE INDEX "journal_step" ON "journal" ("step");
CREATE TABLE "person_names" (
    "id" INTEGER PRIMARY KEY,
    "person" TEXT NOT NULL,
    "name" TEXT NOT NULL
) STRICT;
CREATE INDEX "person_names_person" ON "person_names" ("person");
CREATE TABLE "evidence_bytes" (
    "id" INTEGER PRIMARY KEY,
    "sha256" TEXT NOT NULL UNIQUE,
    "size" INTEGER NOT NULL
) STRICT;
CREATE TABLE "evidence_parts" (
    "bytes" INTEGER NOT NULL REFERENCES "evidence_bytes" DEFERRABLE INITIALLY DEFERRED,
    "part" INTEGER NOT NULL,
    "body" BLOB NOT NULL,
    PRIMARY KEY ("bytes", "part")
) STRICT;
CREATE TABLE "snapshot_bodies" (
    "sha256" TEXT PRIMARY KEY NOT NULL,
    "body" BLOB NOT NULL
) STRICT;
CREATE TABLE "bank" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "sha256" TEXT NOT NULL,
    "body" TEXT NOT NULL
) STRICT;
CREATE TABLE "reference" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "sha256" TEXT NOT NULL,
    "body" TEXT NOT NULL
) STRICT;
CREATE TABLE "organisation" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "title" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "day_rate" REAL,
    "sponsor" TEXT REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "decision_wanted" TEXT NOT NULL,
    "symptoms" TEXT NOT NULL,
    "own_rate" REAL,
    "language" TEXT NOT NULL,
    "classification" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;
CREATE TABLE "plan" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "start" TEXT,
    "months" INTEGER NOT NULL,
    "capacity" REAL NOT NULL,
    "roles" TEXT NOT NULL,
    "pins" TEXT NOT NULL,
    "excluded" TEXT NOT NULL,
    "cover_first" INTEGER NOT NULL CHECK ("cover_first" IN (0, 1))
) STRICT;
CREATE TABLE "people" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" INTEGER NOT NULL REFERENCES "person_names" DEFERRABLE INITIALLY DEFERRED,
    "role" TEXT NOT NULL,
    "seat" INTEGER,
    "area" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "platforms" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "workflows" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "owner" TEXT,
    "lifecycle" TEXT,
    "in_scope" INTEGER NOT NULL CHECK ("in_scope" IN (0, 1)),
    "outcome" TEXT,
    "platform" TEXT REFERENCES "platforms" DEFERRABLE INITIALLY DEFERRED,
    "users" INTEGER,
    "requests_a_day" REAL,
    "yearly_benefit" REAL,
    "cost" REAL,
    "upkeep" REAL NOT NULL,
    "model" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "tenure" TEXT,
    "custom_model" INTEGER CHECK ("custom_model" IN (0, 1)),
    "go_live" TEXT,
    "planned_change" TEXT NOT NULL,
    "keeps_state" INTEGER CHECK ("keeps_state" IN (0, 1)),
    "autonomy" TEXT,
    "audience" TEXT,
    "personal_data" TEXT,
    "money" TEXT,
    "hiring" TEXT,
    "people_outside_affected" INTEGER CHECK ("people_outside_affected" IN (0, 1)),
    "own_model_goal" INTEGER CHECK ("own_model_goal" IN (0, 1)),
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX "workflows_platform" ON "workflows" ("platform");
CREATE TABLE "stages" (
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "stage" TEXT NOT NULL,
    "owner" TEXT,
    "mechanism" TEXT,
    "tool" TEXT NOT NULL,
    "state" TEXT,
    "by_hand" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    PRIMARY KEY ("workflow", "stage")
) STRICT, WITHOUT ROWID;
CREATE TABLE "sources" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "owner" TEXT,
    "place" TEXT NOT NULL,
    "freshness_wanted" TEXT NOT NULL,
    "freshness_real" TEXT NOT NULL,
    "cleanliness" TEXT NOT NULL,
    "structure" TEXT NOT NULL,
    "sensitivity" TEXT NOT NULL,
    "access" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "links" (
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "source" TEXT NOT NULL REFERENCES "sources" DEFERRABLE INITIALLY DEFERRED,
    "importance" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    PRIMARY KEY ("workflow", "source")
) STRICT, WITHOUT ROWID;
CREATE INDEX "links_source" ON "links" ("source");
CREATE TABLE "policies" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT,
    "signed" TEXT,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "enforcement" (
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "policy" TEXT NOT NULL REFERENCES "policies" DEFERRABLE INITIALLY DEFERRED,
    "point" TEXT,
    "last_tested" TEXT,
    "result" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    PRIMARY KEY ("workflow", "policy")
) STRICT, WITHOUT ROWID;
CREATE INDEX "enforcement_policy" ON "enforcement" ("policy");
CREATE TABLE "answers" (
    "target" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "review" TEXT NOT NULL,
    "settled" TEXT,
    "individual" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "copied_from" TEXT,
    "mode" TEXT NOT NULL,
    "find_out" TEXT,
    PRIMARY KEY ("target", "question")
) STRICT, WITHOUT ROWID;
CREATE TABLE "evidence" (
    "about" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "presence" TEXT NOT NULL,
    "question" TEXT,
    "place" TEXT NOT NULL,
    "date" TEXT,
    "seen_by" TEXT NOT NULL,
    "original" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    PRIMARY KEY ("about", "id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "screening" (
    "workflow" TEXT PRIMARY KEY NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "replies" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "confirmations" (
    "workflow" TEXT PRIMARY KEY NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "person" TEXT NOT NULL REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "at" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "gap_notes" (
    "gap" TEXT PRIMARY KEY NOT NULL,
    "owner" TEXT,
    "due" TEXT,
    "severity" TEXT,
    "response" TEXT,
    "accepted_until" TEXT,
    "because" TEXT NOT NULL,
    "merged_into" TEXT,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "action_notes" (
    "action" TEXT PRIMARY KEY NOT NULL,
    "owner" TEXT,
    "due" TEXT,
    "effort" REAL,
    "done" INTEGER NOT NULL CHECK ("done" IN (0, 1)),
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "own_actions" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "title" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "phase" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "effort" REAL NOT NULL,
    "closes" TEXT NOT NULL,
    "prereqs" TEXT NOT NULL,
    "done_when" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "upgrades" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "date" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "cost" REAL,
    "reason" TEXT NOT NULL,
    "effect" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX "upgrades_workflow" ON "upgrades" ("workflow");
CREATE TABLE "deployments" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "finished" TEXT,
    "reached_scale" INTEGER CHECK ("reached_scale" IN (0, 1)),
    "returned_projected" INTEGER CHECK ("returned_projected" IN (0, 1)),
    "failure_split" TEXT NOT NULL,
    "relative_hazard" REAL,
    "multipliers" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "edge_cases" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "text" TEXT NOT NULL,
    "golden" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "found" TEXT,
    "expert" TEXT REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX "edge_cases_workflow" ON "edge_cases" ("workflow");
CREATE TABLE "belief_votes" (
    "person" TEXT PRIMARY KEY NOT NULL REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "points" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "sessions" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "title" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "started" TEXT,
    "ended" TEXT,
    "agenda" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "attendance" (
    "session" TEXT NOT NULL REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "person" TEXT NOT NULL REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "present" INTEGER NOT NULL CHECK ("present" IN (0, 1)),
    "note" TEXT NOT NULL,
    PRIMARY KEY ("session", "person")
) STRICT, WITHOUT ROWID;
CREATE TABLE "votes" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "session" TEXT REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "question" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "ballots" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "decisions" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT,
    "due" TEXT,
    "cost" REAL,
    "unblocks" TEXT NOT NULL,
    "workflows" TEXT NOT NULL,
    "session" TEXT REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "verdict" TEXT,
    "decided" TEXT,
    "dissent" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "parking" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT,
    "due" TEXT,
    "session" TEXT REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "done" INTEGER NOT NULL CHECK ("done" IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE "snapshots" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "body" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "imports" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "workflow" TEXT NOT NULL REFERENCES "workflows" DEFERRABLE INITIALLY DEFERRED,
    "source_id" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" TEXT NOT NULL,
    "values" TEXT NOT NULL
) STRICT;
CREATE INDEX "imports_workflow" ON "imports" ("workflow");
"""


@MIGRATIONS(name="1")
def first_schema(db: Database) -> None:
    """Everything of the first release."""
    db.executescript(_FIRST)


@MIGRATIONS(name="2")
def times_in_the_room(db: Database) -> None:
    """When people came and left, and when a round of votes was revealed."""
    for table, column in (("attendance", "arrived"), ("attendance", "left"), ("votes", "revealed")):
        db.execute(f'ALTER TABLE "{table}" ADD COLUMN "{column}" TEXT')


# Sealed ballots stand beside the record: they enter it, and its journal, when they are revealed.
_THE_ROOM: Final = (
    """
CREATE TABLE "own_gaps" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "text" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "stage" TEXT,
    "severity" TEXT NOT NULL,
    "owner" TEXT,
    "due" TEXT,
    "response" TEXT,
    "accepted_until" TEXT,
    "because" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "session" TEXT REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "at" TEXT,
    "closed" INTEGER NOT NULL CHECK ("closed" IN (0, 1))
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE "dot_votes" (
    "session" TEXT NOT NULL REFERENCES "sessions" DEFERRABLE INITIALLY DEFERRED,
    "person" TEXT NOT NULL REFERENCES "people" DEFERRABLE INITIALLY DEFERRED,
    "gaps" TEXT NOT NULL,
    "actions" TEXT NOT NULL,
    PRIMARY KEY ("session", "person")
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE "sealed_rounds" (
    "question" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("question", "target")
) STRICT, WITHOUT ROWID
""",
    'ALTER TABLE "sessions" ADD COLUMN "by_seat" INTEGER NOT NULL DEFAULT 1',
    'ALTER TABLE "people" ADD COLUMN "is_seat" INTEGER NOT NULL DEFAULT 0',
    """ALTER TABLE "votes" ADD COLUMN "dissent" TEXT NOT NULL DEFAULT '[]'""",
    """
UPDATE "sessions" SET "agenda" = (
    SELECT coalesce(json_group_array(json_object('title', "value")), '[]')
    FROM json_each("sessions"."agenda")
)
""",
)


@MIGRATIONS(name="3")
def the_room(db: Database) -> None:
    """Gaps named in the room, dots, sealed ballots, agendas with minutes, votes kept by seat."""
    for statement in _THE_ROOM:
        db.execute(statement)


VERSION: Final = 3
"""Number of the last migration; kept in `user_version`."""
