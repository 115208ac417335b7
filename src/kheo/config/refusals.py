"""What Khéo answers when it will not go on, in the words of the person who must put it right."""


class Refused(Exception):
    """Khéo will not go on, for a reason that its keeper can put right; said in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(vietnamese)
        self.vietnamese = vietnamese
        self.english = english

    def in_language(self, language: str) -> str:
        """The reason in `vi` or `en`."""
        return self.english if language == "en" else self.vietnamese
