"""Edits that the file refused: kept in order until they can be written, one for each field."""

from collections.abc import Callable

from app.errors import FileError, PlumblineError

Act = Callable[[], object]


class Unsaved:
    """An edit is a pure function, so doing it later means the same as doing it now."""

    def __init__(self) -> None:
        self._waiting: dict[str, Act] = {}
        self._others = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def keep(self, act: Act, field: str = "") -> None:
        """The last edit of a field stands for those before it."""
        self._others += 1
        key = f"field {field}" if field else f"edit {self._others}"
        self._waiting.pop(key, None)
        self._waiting[key] = act

    def done(self, field: str) -> bool:
        """The field was written after all; whether it had been waiting."""
        return self._waiting.pop(f"field {field}", None) is not None

    def clear(self) -> None:
        self._waiting.clear()

    def write(self) -> str:
        """Do what waits; the sentence of what went wrong, or nothing.

        What the file refuses again goes on waiting; what contradicts the record by now is told
        and dropped.
        """
        said: list[str] = []
        for key, act in list(self._waiting.items()):
            # Whoever is told of the edit while it is done must find that it no longer waits.
            del self._waiting[key]
            try:
                act()
            except FileError as error:
                self._waiting = {key: act, **self._waiting}
                return error.sentence
            except PlumblineError as error:
                said.append(error.sentence)
        return " ".join(said)
