"""How articles of a council file say that their keeping is seen."""

from collections.abc import Mapping, Sequence

from consortium.council.located import Located
from rules.checks.library import Check, read_asked
from rules.checks.parameters import WrongParameter


def refuse_wrong_checks(rules: Sequence[Located], known: Mapping[str, Check]) -> None:
    """Raises FileError with line and key for a value that a check cannot use."""
    for rule in rules:
        for article in rule.need("articles").items():
            found = article.mapping().get("check")
            if found is not None:
                _read(found, known)


def _read(found: Located, known: Mapping[str, Check]) -> None:
    keys = found.mapping()
    try:
        read_asked({name: each.plain for name, each in keys.items()}, known)
    except WrongParameter as error:
        keys.get(error.key, found).refuse(str(error))
