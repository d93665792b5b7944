"""Page 8: where we disagreed, question by question and role by role; belief and evidence."""

from collections.abc import Iterator

from app.charts.belief import BeliefRow, belief_chart
from app.charts.frame import MOST_ROWS
from app.charts.scene import Scene
from app.charts.votes import RoleVotes, Round, vote_chart
from app.domain.answers import Reply
from app.domain.disagreement import Disagreement
from app.domain.edits.rules import median
from app.domain.ids import QuestionId
from app.domain.risk.misdiagnosis import believed, misdiagnosis
from app.report.draft import Draft, cut, number, plain, question_of
from app.report.left_over import left_over
from app.report.model import Block, Line, Picture, Row, Section, Table, Text
from app.report.pages import facts

ABOUT_SIGNS = 90
MOST_STRIPS, HEADS = 21, 2
"""Strips of dots in one picture, so that it stays on one page with its heading; a question and its
range take the room of two."""


def disagreed_page(draft: Draft) -> Section | None:
    """None where no two parties are two levels apart and nobody said where failures come from."""
    found = facts.disagreements(draft)
    blocks: list[Block] = []
    if found:
        blocks.append(Picture("disagreed_votes", draft.words("caption.votes"), _dots(draft, found)))
        blocks.append(_table(draft, found))
    blocks += _belief(draft)
    if not blocks:
        return None
    lead = [draft.say("disagreed.rule")] if found else []
    if len(found) > 1:
        lead.append(draft.say("disagreed.more", n=len(found) - 1))
    label = draft.words("section.disagreed")
    return Section("disagreed", label, _heading(draft, found), tuple(lead), tuple(blocks))


def _heading(draft: Draft, found: tuple[Disagreement, ...]) -> Line:
    first = found[0] if found else None
    votes = draft.audit.belief_votes
    blamed = None if draft.is_withheld else misdiagnosis(draft.inputs.portfolio, votes.values())
    titles = {category.id: category.title for category in draft.audit.bank.categories}
    return draft.say(
        "disagreed.heading",
        upper=first.upper if first else "",
        high=first.high if first else 0,
        lower=first.lower if first else "",
        low=first.low if first else 0,
        about=cut(question_of(draft.audit)[first.question].text, ABOUT_SIGNS) if first else "",
        blamed=[titles.get(category, category) for category in sorted(blamed or {})],
    )


def _dots(draft: Draft, found: tuple[Disagreement, ...]) -> Scene:
    """One strip per role; all that a role said about a question in all its places."""
    rounds: list[Round] = []
    left = MOST_STRIPS
    for question in dict.fromkeys(one.question for one in found):
        made = _round(draft, question)
        left -= len(made.rows) + HEADS
        if left < 0 and rounds:
            break
        rounds.append(made)
    title = draft.words("label.disagreements")
    return vote_chart(title, rounds, draft.audit.bank.level_names, draft.words)


def _round(draft: Draft, question: QuestionId) -> Round:
    levels: dict[str, list[int]] = {}
    others: dict[str, int] = {}
    abstained: dict[str, int] = {}
    for _, asked, answer in facts.counted(draft):
        if asked != question or len(answer.individual) < 2:
            continue
        for person, said in sorted(answer.individual.items()):
            role = facts.party_said(draft, person)
            given = levels.setdefault(role, [])
            if said.reply is Reply.LEVEL and said.level is not None:
                given.append(said.level)
            else:
                others[role] = others.get(role, 0) + 1
                abstained[role] = abstained.get(role, 0) + (said.reply is Reply.ABSTAIN)
    every = sorted(level for given in levels.values() for level in given)
    rows = tuple(
        RoleVotes(role, tuple(sorted(given)), others.get(role, 0), abstained.get(role, 0))
        for role, given in sorted(levels.items(), key=lambda p: (-max(p[1], default=-1), p[0]))
    )
    return Round(
        question_of(draft.audit)[question].text,
        median(every) if every else None,
        (every[0], every[-1]) if every else None,
        rows,
    )


def _table(draft: Draft, found: tuple[Disagreement, ...]) -> Table:
    questions = question_of(draft.audit)
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
    note = left_over(draft, "other_question", len(found) - len(rows), "")
    return Table("disagreements", draft.words("label.disagreements"), columns, rows, note)


def _belief(draft: Draft) -> Iterator[Block]:
    """Nothing where nobody voted: what the answers say of causes stands on page 4."""
    if draft.is_withheld or draft.inputs.portfolio.risk <= 0 or not draft.audit.belief_votes:
        return
    yield Text("misdiagnosis", _misdiagnosis(draft), draft.words("label.belief"))
    yield Picture("belief", draft.words("caption.belief"), _belief_chart(draft))


def _belief_chart(draft: Draft) -> Scene:
    found = draft.inputs.portfolio
    votes = [draft.audit.belief_votes[person] for person in sorted(draft.audit.belief_votes)]
    rows = [
        BeliefRow(
            category.id,
            category.title,
            believed(votes, category.id),
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
