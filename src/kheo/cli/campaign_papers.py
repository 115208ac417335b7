"""`kheo campaign papers`: which papers of the books a campaign carries out, and to say so of a campaign that was published from a file."""

import argparse
from typing import TYPE_CHECKING

from kheo.cli.arguments import add_by, user_named
from kheo.cli.campaign_ending import add_campaign, campaign_named
from kheo.cli.command import DONE, FAILED, Command
from kheo.cli.console import Console
from kheo.config.refusals import Refused

if TYPE_CHECKING:
    from kheo.directives.models import CampaignPaper, Directive
    from kheo.org.access import Person


def _configure(parser: argparse.ArgumentParser, console: Console) -> None:
    add_campaign(parser, console)
    add_by(parser, console, console.text("thường trực phong trào của cấp cao nhất", "of the campaign office of the top unit"))
    number = console.text("SỐ", "NUMBER")
    which = parser.add_mutually_exclusive_group()
    words = console.text("gắn văn bản số này trong sổ của đơn vị", "tie the paper of this number in the unit's books")
    which.add_argument("--tie", default="", metavar=number, help=words)
    words = console.text("gỡ văn bản số này, kèm --reason", "take the paper of this number back, with --reason")
    which.add_argument("--untie", default="", metavar=number, help=words)
    parser.add_argument("--reason", default="", metavar=console.text("LÝ_DO", "REASON"), help=console.text("vì sao gỡ", "why"))
    parser.add_argument("--json", action="store_true", help=console.text("kết quả dạng JSON", "the result as JSON"))


def _papers(arguments: argparse.Namespace, console: Console) -> int:
    from kheo.config.clock import now
    from kheo.directives.access import campaign_units
    from kheo.directives.actions import Refused as Unwritten
    from kheo.directives.actions import tie_paper, untie_paper
    from kheo.org.access import person

    campaign, at = campaign_named(arguments.campaign), now()
    by = person(user_named(arguments.by), at)
    if not campaign_units(by):
        said = f"{by.name} không phải thường trực phong trào của cấp cao nhất."
        raise Refused(said, f"{by.name} does not hold the campaign office of the top unit.")
    if arguments.tie:
        tie_paper(campaign.pk, _in_books(arguments.tie, by).pk, by=by, at=at)
    elif arguments.untie:
        done = untie_paper(_tie(campaign.pk, arguments.untie, by).pk, reason=arguments.reason, by=by, at=at)
        if isinstance(done, Unwritten):
            console.error(done.message, done.message)
            return FAILED
    return _list(campaign.pk, by, console, as_json=arguments.json)


def _in_books(number: str, by: "Person") -> "Directive":
    """The one paper of this number in the books of the office's unit; Refused says that there is none, or several."""
    from kheo.directives.access import campaign_units
    from kheo.directives.queries import papers_numbered

    found = {each.pk: each for unit in campaign_units(by) for each in papers_numbered(unit, number)}
    if not found:
        said = f"Trong sổ của đơn vị không có văn bản số “{number}”. Ghi văn bản ấy vào sổ trước."
        raise Refused(said, f"There is no paper “{number}” in the unit's books.")
    if len(found) > 1:
        raise Refused(
            f"Trong sổ có {len(found)} văn bản số “{number}”: gắn trên trang của văn bản ấy, mục Quan hệ với văn bản khác.",
            f"The books have {len(found)} papers “{number}”: tie it on the page of the paper.",
        )
    return next(iter(found.values()))


def _tie(campaign: int, number: str, by: "Person") -> "CampaignPaper":
    """What this person can take back of it."""
    from kheo.core.paper_books.facts import PaperFacts
    from kheo.core.paper_books.sameness import number_key
    from kheo.directives.access import campaign_units
    from kheo.directives.queries.campaign_papers import ties_of_campaign

    key, units = number_key(PaperFacts(full_number=number)), campaign_units(by)
    found = next((each for each in ties_of_campaign(campaign) if each.directive.key == key and each.unit_id in units), None)
    if found is None:
        said = f"Phong trào không gắn với văn bản số “{number}”; văn bản mà bản nháp đọc thì không gỡ."
        raise Refused(said, f"No tie to “{number}”; papers that the campaign was drafted from stay.")
    return found


def _list(campaign: int, by: "Person", console: Console, *, as_json: bool) -> int:
    """What the campaign carries out, as far as this person reads it: how it is known, and where it stands in the books."""
    from kheo.directives.access import reads_directive
    from kheo.directives.queries.campaign_papers import papers_of_campaign, ties_of_campaign

    tied = {each.directive_id: each for each in ties_of_campaign(campaign)}
    papers = [each for each in papers_of_campaign(campaign) if reads_directive(by, each)]
    if as_json:
        by_whom = {pk: each.made_by for pk, each in tied.items()}
        facts = [(each, by_whom.get(each.pk, "")) for each in papers]
        console.data([{"number": each.full_number, "issuer": each.issuer, "day": each.issued_on, "tied_by": who} for each, who in facts])
        return DONE
    for each in papers:
        how = console.text(f"gắn: {tied[each.pk].made_by}", f"tied: {tied[each.pk].made_by}") if each.pk in tied else ""
        drafted = console.text("bản nháp đọc", "drafted from it")
        console.plain("\t".join([str(each), each.issuer, f"{each.issued_on:%d/%m/%Y}" if each.issued_on else "", how or drafted]))
    console.progress(f"{len(papers)} văn bản.", f"{len(papers)} papers.")
    return DONE


COMMANDS = (
    Command(
        words=("campaign", "papers"),
        vietnamese="in các văn bản trong sổ mà phong trào thực hiện; --tie, --untie để gắn, gỡ một văn bản",
        english="print the papers of the books that a campaign carries out; --tie and --untie say so of one, or take it back",
        run=_papers,
        configure=_configure,
    ),
)
