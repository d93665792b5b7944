"""Ballots under seal: kept by the file from the moment they are typed, outside the journal."""

import msgspec
from sqlite_utils import Database

from app.domain.ballots import SealedRound
from app.domain.ids import QuestionId, Target


def put(db: Database, sealed: SealedRound) -> None:
    """Keep a round in place of an earlier one about the same question."""
    body = msgspec.json.encode(sealed, order="sorted").decode()
    db.execute(
        'INSERT INTO "sealed_rounds" VALUES (?, ?, ?) '
        'ON CONFLICT ("question", "target") DO UPDATE SET "body" = excluded."body"',
        [sealed.question, sealed.target, body],
    )


def drop(db: Database, question: QuestionId, target: Target) -> None:
    db.execute(
        'DELETE FROM "sealed_rounds" WHERE "question" = ? AND "target" = ?', [question, target]
    )


def load(db: Database) -> tuple[SealedRound, ...]:
    """All rounds under seal, by question and target. Raises ValidationError or DecodeError."""
    found = db.execute('SELECT "body" FROM "sealed_rounds" ORDER BY "question", "target"')
    return tuple(msgspec.json.decode(row[0], type=SealedRound) for row in found)
