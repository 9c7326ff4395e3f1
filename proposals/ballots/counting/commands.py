"""`sanpo tally`: count a published file again, on any machine and without a database."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from participation.cli import CommandError
from participation.web.i18n import SUPPORTED, translations
from proposals.ballots.counting.choices import BadChoice
from proposals.ballots.counting.files import Published, read_file, with_rules
from proposals.ballots.counting.model import METHODS, BadRules, Result
from proposals.ballots.counting.pabulib import BadFile, Counted
from proposals.ballots.counting.tallying import tally
from proposals.ballots.counting.words import shown, tell, tell_tie
from proposals.ballots.sealing import list_sha256, tie_seed

NAMES = [name.replace("_", "-") for name in METHODS]


@click.command("tally")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--method", type=click.Choice(NAMES), help="Count by another method than the file's own.")
@click.option("--completion", type=click.Choice(["none", "greedy"]), default=None,
              help="What equal shares leave over: nothing more (as it is), or greedily by points.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--lang", type=click.Choice(SUPPORTED), default="en", help="Language of the steps.")
def command(file: Path, method: str | None, completion: str | None, as_json: bool, lang: str) -> None:
    """Count a ballot that Sanpo published, or a Pabulib .pb file (greedy, equal-shares)."""
    try:
        read = read_file(file)
        own = method is None and completion is None
        if not own:
            read = with_rules(read, (method or "").replace("-", "_"), completion or read.rules.completion)
        result = tally(read.ballots, read.options, read.rules)
    except (BadFile, BadRules) as error:
        raise CommandError(f"{file.name}: {error}") from error
    except BadChoice as error:
        raise CommandError(f"{file.name}: a ballot cannot be counted: {error}") from error
    said = result.to_json()
    click.echo(json.dumps(_shape(said), ensure_ascii=False) if as_json else _words(said, read, lang))
    if isinstance(read, Published):
        _hold_against_seal(file.name, read)
        if own and read.result is not None and not same(read.result, result):
            raise CommandError(f"{file.name}: the published result is not what these ballots give")
    if not as_json and own:
        click.echo("\n".join(_witness(read, result.winners)))


def _hold_against_seal(name: str, read: Published) -> None:
    """A file that names the digest of its ballots must hold these ballots, and the seed that follows from both."""
    if not read.sealed:
        return
    if list_sha256(read.listed) != read.sealed:
        raise CommandError(f"{name}: the ballots are not those of which it names the SHA-256")
    if read.seed and tie_seed(read.seed, read.sealed) != read.rules.seed:
        raise CommandError(f"{name}: the seed of the tie-break does not follow from the promised seed and the ballots")


def _witness(read: Counted, winners: Sequence[str]) -> list[str]:
    """What the file itself says of the outcome, and what else it should be held against."""
    if isinstance(read, Published):
        told = ["", "This is the published result."] if read.result is not None else [""]
        log = f"SHA-256 of the ballots: {read.sealed}. The audit log must name the same (ballot.closed)."
        return [*told, log] if read.sealed else told
    if read.selected is None:
        return []
    more, less = sorted(set(winners) - read.selected), sorted(read.selected - set(winners))
    if not more and not less:
        return ["", "The file says that the same projects were funded."]
    return ["", f"The file names others as funded: {', '.join(less) or 'none'}; not {', '.join(more) or 'none'}."]


def same(published: Any, result: Result) -> bool:
    """Whether a published result is the one that was counted: every member of it, the steps too."""
    return bool(published == result.to_json())


def _shape(said: dict[str, Any]) -> dict[str, Any]:
    """The promised shape: INTERFACE says method, winners, order, cost, budget, counts, steps; ties and numbers too."""
    return {**said, "method": said["method"].replace("_", "-")}


def _words(said: dict[str, Any], read: Counted, lang: str) -> str:
    say = translations(lang).gettext
    lines = [f"{said['method'].replace('_', '-')}: {len(said['winners'])} chosen, {said['ballots']:,} ballots, "
             f"{said['empty']:,} of them without a choice."]  # fmt: skip
    cost = {one.id: one.cost for one in read.options}
    for one in said["winners"]:
        price = f"  {shown(cost[one])}" if said["budget"] else ""
        lines.append(f"  {one}{price}  {read.titles.get(one, '')}".rstrip())
    if said["budget"]:
        lines.append(f"Cost {shown(sum(cost[one] for one in said['winners']))} of {shown(read.rules.budget)}.")
    lines += ["", *(f"{number}. {tell(step, read.titles, say)}" for number, step in enumerate(said["steps"], 1))]
    lines += [tell_tie(tie, read.titles, say) for tie in said["ties"]]
    return "\n".join(lines)
