"""Keeping what was worked out lately, up to so many bytes: `lru_cache` counts entries, and one entry may be a village or a country."""

from collections import OrderedDict
from collections.abc import Callable
from functools import update_wrapper
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Built = TypeVar("Built")


class Recent(Generic[Asked, Built]):
    """A function whose last answers are kept by its (hashable, positional) arguments while they take at most `most` bytes together.

    The newest is kept whatever it takes: whoever reads something large reads it page by page.
    """

    def __init__(self, build: Callable[Asked, Built], most: int, size: Callable[[Built], int]) -> None:
        self._build, self._most, self._size = build, most, size
        self._kept: OrderedDict[object, tuple[Built, int]] = OrderedDict()
        self._lock = Lock()
        update_wrapper(self, build)

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Built:
        key = (args, tuple(sorted(kwargs.items())))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        built = self._build(*args, **kwargs)
        with self._lock:
            self._kept[key] = built, self._size(built)
            self._kept.move_to_end(key)
            while self.bytes > self._most and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return built

    @property
    def bytes(self) -> int:
        """What is kept now takes."""
        return sum(size for _, size in self._kept.values())

    def cache_clear(self) -> None:
        """Keep nothing of what was built so far."""
        with self._lock:
            self._kept.clear()


def recent(most: int, size: Callable[[Built], int]) -> Callable[[Callable[Asked, Built]], Recent[Asked, Built]]:
    """Decorates a function with `Recent`."""
    return lambda build: Recent(build, most, size)
