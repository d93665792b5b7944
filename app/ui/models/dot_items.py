"""What a room can give dots to: gaps, derived and recorded, or actions of the plan."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from app.domain.workshop import DotVote


class DotItem(Struct, frozen=True):
    """One gap or action."""

    key: str
    text: str
    where: str

    @property
    def line(self) -> str:
        return f"{self.text}, {self.where}" if self.where else self.text


class DotSource(Protocol):
    """A page whose rows can be voted on."""

    def dot_items(self) -> tuple[Sequence[DotItem], Sequence[str]]:
        """All of them, worst first, and the keys of those that are selected."""

    def dot_vote(self, dots: dict[str, int]) -> DotVote:
        """Dots by key as a vote of one participant."""
