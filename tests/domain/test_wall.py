"""The wall as a value: what is settled, and no more rows than people take in."""

from msgspec.structs import replace

from app.domain.answers import Review
from app.domain.ids import QuestionId, Target
from app.domain.tally import tally
from app.domain.wall import (
    MOST_ROWS,
    Asked,
    Counts,
    Dots,
    Lines,
    Wall,
    paged,
    question_wall,
)
from app.exchange.sample import sample_audit

RT, RETURNS = QuestionId("RT-01"), Target("returns")


def test_a_level_is_shown_only_once_it_is_agreed() -> None:
    audit = sample_audit()
    answer = audit.answers[RETURNS][RT]
    assert answer.settled

    def chosen(review: Review) -> int | None:
        answers = {**audit.answers, RETURNS: {RT: replace(answer, review=review)}}
        return question_wall(replace(audit, answers=answers), RETURNS, RT).chosen

    assert chosen(Review.AGREED) == answer.settled.level
    assert chosen(Review.PROPOSED) is None


def rows(wall: Wall) -> tuple[object, ...]:
    match wall:
        case Lines():
            return wall.lines
        case Counts():
            return wall.rows
        case Dots():
            return wall.roles
    return ()


def test_long_walls_come_in_pages_and_nothing_is_lost() -> None:
    whole = [str(n) for n in range(17)]
    for wall in (
        Lines("Gaps", tuple(whole)),
        Counts("Gaps", "", tuple((n, 1, 3) for n in whole)),
        Dots("Why?", "", ("a",) * 5, tuple((n, (1,)) for n in whole), tally({}), 1),
    ):
        pages = paged(wall)
        assert [len(rows(page)) for page in pages] == [MOST_ROWS, MOST_ROWS, 3]
        assert [page.more for page in pages] == [10, 3, 0]
        assert sum((rows(page) for page in pages), ()) == rows(wall)


def test_a_short_wall_is_one_page() -> None:
    for wall in (Asked("Why?"), Lines("Gaps", ("One",)), Counts("Gaps", "", ())):
        assert paged(wall) == (wall,)
