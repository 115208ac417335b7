"""What was worked out lately is kept by bytes, the newest always."""

from kheo.core.recent import recent


def test_the_oldest_goes_when_the_bytes_are_too_many_and_the_newest_stays() -> None:
    built: list[str] = []

    @recent(10, len)
    def word(text: str) -> str:
        built.append(text)
        return text

    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa"):  # cccc does not fit beside both: bbbb was asked for longest ago
        assert word(text) == text
    assert (built, word.bytes) == (["aaaa", "bbbb", "cccc"], 8)
    word("bbbb")
    assert built[3:] == ["bbbb"]
    word("a country that is too large")
    assert word.bytes == 27
    word("a country that is too large")
    assert built[4:] == ["a country that is too large"]
    word("aaaa")
    assert (built[5:], word.bytes) == (["aaaa"], 4)


def test_nothing_is_kept_after_it_was_cleared() -> None:
    times: list[int] = []

    @recent(100, lambda _: 1)
    def twice(number: int) -> int:
        times.append(number)
        return 2 * number

    assert (twice(1), twice(1), times) == (2, 2, [1])
    twice.cache_clear()
    assert (twice.bytes, twice(1), times) == (0, 2, [1, 1])
