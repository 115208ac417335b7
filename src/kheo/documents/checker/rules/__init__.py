"""The rules, each a function of a paper that yields its deviations."""

from kheo.documents.checker.rules import fonts, foot, head, pages, text

RULES = (*pages.RULES, *fonts.RULES, *head.RULES, *text.RULES, *foot.RULES)

__all__ = ["RULES"]
