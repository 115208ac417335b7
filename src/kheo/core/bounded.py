"""A memory of limited size that the threads of a process share: answers that cost much and are asked for again."""

from collections.abc import Hashable
from threading import Lock
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(dict[Key, Value]):
    """What was kept last, at most `most` of it: where one more comes, the oldest goes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._keeping = most, Lock()

    def keep(self, key: Key, value: Value) -> None:
        """Anew, also where the key was known."""
        with self._keeping:
            self.pop(key, None)
            while len(self) >= self._most:
                self.pop(next(iter(self)))
            self[key] = value
