"""docs/asvs.csv: which requirement of OWASP ASVS 5.0.0 is shown by which tests, and what is said of the others.

Made from requirements.txt beside this file and the `asvs` marks of all tests: `make asvs`, or
`python -m tests.security.asvs`.
"""
import ast
import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
REGISTER, TABLE = Path(__file__).with_name("requirements.txt"), ROOT / "docs" / "asvs.csv"
LINE = re.compile(r"(\d+(?:\.\d+){2}) +([123]) ([^|]+?)(?: \| (open|partly|design|none): (.+))?")
WORDS = {"open": "open", "partly": "partly tested", "design": "by design", "none": "does not apply"}


@dataclass(frozen=True)
class Requirement:
    id: str
    level: str
    words: str
    kind: str = ""
    remark: str = ""


def register() -> dict[str, Requirement]:
    """The requirements that are answered for, by id.

    Raises:
        ValueError: a line cannot be read.
    """
    found = {}
    for line in REGISTER.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            match = LINE.fullmatch(line)
            if match is None:
                raise ValueError(f"requirements.txt: {line}")
            found[match[1]] = Requirement(*(part or "" for part in match.groups()))
    return found


def marks() -> dict[str, list[str]]:
    """The tests by the requirement that they are marked with, read from their source."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for call in node.decorator_list:
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.asvs":
                        for id in (ast.literal_eval(argument) for argument in call.args):
                            found[id].append(f"{path.relative_to(ROOT)}::{node.name}")
    return {id: sorted(set(names)) for id, names in found.items()}


def table() -> str:
    """The whole of docs/asvs.csv."""
    tests, out = marks(), io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("id", "level", "requirement", "status", "tests", "remark"))
    for each in register().values():
        status = WORDS.get(each.kind, "tested" if each.id in tests else "open")
        write((each.id, each.level, each.words, status, " ".join(tests.get(each.id, ())), each.remark))
    return out.getvalue()


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
