"""Draws for workers: each is lent to one worker at a time, so that its tables are filled once."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.risk.draws import Draws
from app.domain.risk.engine import Engine


class Lending:
    """For one engine. Workers come and go; filling the tables takes longer than a small audit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._free: list[Draws] = []

    @contextmanager
    def lent(self) -> Iterator[Draws]:
        try:
            draws = self._free.pop()
        except IndexError:
            draws = Draws(self._engine)
        try:
            yield draws
        finally:
            self._free.append(draws)
