"""`sanpo opinion-map` as a shell calls it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from proposals.opinion_maps.reading import Unreadable, read_votes

ROOT, SEATTLE = Path(__file__).parents[2], Path(__file__).parent / "polis-15-per-hour-seattle"


def sanpo(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "asgi.py", "opinion-map", *map(str, arguments)],
                          capture_output=True, text=True, cwd=ROOT)  # fmt: skip


def test_the_json_has_the_promised_shape_with_and_without_given_groups() -> None:
    found = json.loads(sanpo(SEATTLE / "votes.csv", "--json").stdout)
    assert (found["participants"], found["k"], len(found["groups"])) == (339, 2, 138)
    assert [found["statements"]["20"][kind] for kind in ("agree", "disagree", "pass")] == [43, 45, 22]
    given = json.loads(
        sanpo(SEATTLE / "votes.csv", "--json", "--groups", SEATTLE / "participants-votes.csv").stdout
    )
    assert sorted(given["representative"]) == ["0", "1"]
    assert given["representative"]["1"][0].items() >= {"statement": "20", "side": "agree", "votes": 27}.items()
    assert given["statements"]["20"]["consensus"] == pytest.approx((1 + 9) / (2 + 62) * (1 + 27) / (2 + 33))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("comment-id,voter-id,vote\n2,3,4\n", "line 2: a vote is 1 (agree), -1 (disagree) or 0 (pass), not '4'"),
        ("timestamp,comment-id,voter-id,vote\nx,2,3,1\n", "line 2: the timestamp must be a whole number, not 'x'"),
        ("comment-id,voter-id,vote\n1,2\n", "line 2: 2 columns instead of 3"),
        ("participant,1,2\na,1,\na,1,1\n", "line 3: participant a stands there twice"),
        ("", "the first line must name the columns comment-id, voter-id and vote"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(text)
    with pytest.raises(Unreadable, match=re.escape(said)):
        read_votes(file)


def test_the_command_fails_with_one_line(tmp_path: Path) -> None:
    told = sanpo(tmp_path / "votes.csv")
    assert (told.returncode, told.stderr) == (1, f"sanpo: {tmp_path}/votes.csv: No such file or directory\n")


def test_a_server_starts_without_numpy() -> None:
    code = "import asgi, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
