"""Files that can be counted again: the one Sanpo publishes for each ballot, and Pabulib's.

Sanpo's: {"sanpo": 1, "ballot", "title", "rules": {...}, "options": [{"id", "title", "cost"}], "ballots": [{"receipt",
"choice"}], "result": {...}}. Other members may stand in it; they are not counted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from proposals.ballots.counting.exact import read_number
from proposals.ballots.counting.model import BadRules, Ballot, Option, Rules
from proposals.ballots.counting.pabulib import BadFile, Counted, read_pabulib

LARGEST = 512 * 1024 * 1024  # bytes; Warsaw's largest file has 40 MB


@dataclass(frozen=True)
class Published(Counted):
    """A file of Sanpo; `result` is the one that was published with it, None where there is none. `listed` are receipts
    with the choice as JSON; `seed` and `sealed` (SHA-256 of the list) are "" where the file does not name them."""

    result: Mapping[str, Any] | None = None
    listed: tuple[tuple[str, str], ...] = ()
    seed: str = ""
    sealed: str = ""


def read_file(path: Path) -> Counted:
    """Whatever of the two it is.

    Raises:
        BadFile: unreadable, too large, another encoding, another format.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"the file is larger than {LARGEST // 1024 // 1024} MB")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"the file is not UTF-8 (byte {error.start})") from error
    except OSError as error:
        raise BadFile(f"the file cannot be read: {error.strerror}") from error
    if text.lstrip().startswith("{"):
        return read_published(text)
    return read_pabulib(text)


def read_published(text: str) -> Published:
    """Options, ballots, rules and the published result of Sanpo's own file.

    Raises:
        BadFile: no JSON, or a member that is missing or of another shape.
    """
    try:
        data = json.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"the file is no JSON: {error}") from error
    if not isinstance(data, dict) or data.get("sanpo") != 1:
        raise BadFile('the file is no ballot of Sanpo: it does not hold "sanpo": 1')
    if data.get("withheld"):
        raise BadFile("its ballots are not published, for they would tell who chose what: there is nothing to count")
    try:
        options = [Option(_text(one["id"]), read_number(one.get("cost", 0))) for one in data["options"]]
        ballots = [Ballot(one["choice"], one.get("weight", 1)) for one in data["ballots"]]
        titles = {one["id"]: _title(one.get("title", "")) for one in data["options"]}
        rules, result = Rules.from_json(data["rules"]), data.get("result")
        listed = tuple((str(one.get("receipt", "")), json.dumps(one["choice"])) for one in data["ballots"])
        seed, sealed = (str(data.get(name) or "") for name in ("seed", "ballots_sha256"))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise BadFile(f"the file is no ballot of Sanpo: {what}") from error
    if not all(type(one.weight) is int for one in ballots) or not isinstance(result, dict | None):
        raise BadFile("a weight or the result has another shape than Sanpo's")
    return Published(
        tuple(options), tuple(ballots), rules, titles, result=result, listed=listed, seed=seed, sealed=sealed
    )


def with_rules(read: Counted, method: str, completion: str) -> Counted:
    """The same ballots under another method or completion.

    Raises:
        BadRules: a method that such ballots cannot be counted by.
    """
    if method and shapes(method) != shapes(read.rules.method):
        raise BadRules(f"these ballots were cast for {read.rules.method}; they cannot be counted by {method}")
    return replace(read, rules=replace(read.rules, method=method or read.rules.method, completion=completion))


def shapes(method: str) -> str:
    """Methods whose ballots look alike."""
    if method in ("greedy", "equal_shares"):
        return "budget"
    return "ranked" if method in ("runoff", "stv", "schulze") else method


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("an option has no id")
    return value


def _title(value: Any) -> str:
    """A title in one language or in several; then the first."""
    return str(next(iter(value.values()), "")) if isinstance(value, dict) else str(value)
