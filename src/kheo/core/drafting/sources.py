"""Where in a paper something is said, as people cite it: `HD mục II.5, gạch đầu dòng thứ 2`."""

from kheo.core.directives.found import Place
from kheo.core.directives.outline import Item
from kheo.core.drafting.papers import DraftedPaper


def source_of(paper: DraftedPaper, place: Place) -> str:
    """The numbers of the items around a place; the line where no item holds it."""
    outline = paper.directive.outline
    inner = next((at for at in reversed(range(len(outline))) if outline[at].start <= place.start < outline[at].end), None)
    if inner is None:
        return f"{paper.short} dòng {paper.line_of(place)}"
    numbers, dashes = [], []
    while inner is not None:
        item = outline[inner]
        if item.kind in ("dash", "plus"):
            dashes.append(f"gạch đầu dòng thứ {_turn(outline, item)}")
        else:
            numbers.append(item.number)
        inner = item.parent
    named = ".".join(str(number) for number in reversed(numbers))
    word = "mục" if len(numbers) > 1 or not named.isdigit() else "điểm"
    return ", ".join((f"{paper.short} {word} {named}" if named else paper.short, *reversed(dashes)))


def source_of_task(paper: DraftedPaper, place: Place) -> str:
    """Likewise of a task: what is ordered below the last item belongs to none (`CV đoạn cuối`)."""
    outline = paper.directive.outline
    outside = bool(outline) and all(place.start != item.text_start for item in outline)
    return f"{paper.short} đoạn cuối" if outside else source_of(paper, place)


def _turn(outline: list[Item], item: Item) -> int:
    return [id(each) for each in outline if each.parent == item.parent and each.kind == item.kind].index(id(item)) + 1
