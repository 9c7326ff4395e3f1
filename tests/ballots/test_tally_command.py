"""`sanpo tally`: the promised shape, the published file counted again, one line for whatever cannot be counted."""

import json
from pathlib import Path

import pytest

from participation.cli import run
from proposals.ballots.component import BALLOTS
from proposals.ballots.counting import Ballot, Option, Rules, tally
from proposals.ballots.counting.words import MESSAGES, tell
from proposals.ballots.sealing import list_sha256

ASSEN = Path(__file__).parent / "data" / "Netherlands_Assen_2024.pb"
META = "META\nkey;value\nbudget;10\nvote_type;approval\n"
GOOD = f"{META}PROJECTS\nproject_id;cost\na;4\nb;7\nVOTES\nvoter_id;vote\n1;a,b\n2;b\n"


def sanpo(*arguments: object) -> int:
    """Run the command; its exit code."""
    with pytest.raises(SystemExit) as left:
        run([BALLOTS], [str(one) for one in arguments])
        raise SystemExit(0)
    return int(left.value.code or 0)


def test_assen_in_the_shape_that_is_promised(capsys: pytest.CaptureFixture) -> None:
    assert sanpo("tally", ASSEN, "--method", "equal-shares", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["method"], said["cost"], said["budget"]) == ("equal-shares", 76_700, 100_000)
    assert (sorted(said["winners"], key=int)[-3:], said["counts"]["3"]) == (["12", "13", "14"], 43)
    assert said["steps"][1]["kind"] == "bought"


@pytest.mark.parametrize(("lang", "said"), [("en", "Cost 99,200 of 100,000."), ("ja", "費用は7,200。採用され、")])
def test_the_steps_stand_there_in_words(capsys: pytest.CaptureFixture, lang: str, said: str) -> None:
    assert sanpo("tally", ASSEN, "--method", "greedy", "--lang", lang) == 0
    assert said in capsys.readouterr().out


def published(tmp_path: Path, **changed: object) -> Path:
    ballots = [{"receipt": "1111", "choice": [["a"], ["b"]]}, {"receipt": "2222", "choice": [["b"]]}]
    rules = Rules("runoff", seed="s")
    options = [{"id": one, "title": {"ja": one, "en": one}} for one in "ab"]
    result = tally([Ballot(one["choice"]) for one in ballots], [Option("a"), Option("b")], rules).to_json()
    data = {"sanpo": 1, "ballot": "park", "title": "", "rules": rules.to_json(), "options": options} | {
        "ballots": ballots, "result": result}  # fmt: skip
    path = tmp_path / "park.json"
    path.write_text(json.dumps(data | changed), encoding="utf-8")
    return path


def test_a_published_file_gives_its_published_result(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert sanpo("tally", published(tmp_path)) == 0
    assert sanpo("tally", published(tmp_path), "--method", "schulze") == 0
    changed = published(tmp_path, ballots=[{"receipt": "1111", "choice": [["b"]]}])
    assert sanpo("tally", changed) == 1
    assert capsys.readouterr().err == "sanpo: park.json: the published result is not what these ballots give\n"


def test_a_file_whose_ballots_or_seed_are_not_those_that_were_sealed_is_found(
        tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    listed = [{"receipt": "1111", "choice": [["a"], ["b"]]}, {"receipt": "2222", "choice": [["b"]]}]
    sealed = {"ballots_sha256": list_sha256([(one["receipt"], json.dumps(one["choice"])) for one in listed])}
    assert sanpo("tally", published(tmp_path, **sealed)) == 0
    assert f"SHA-256 of the ballots: {sealed['ballots_sha256']}." in capsys.readouterr().out
    exchanged = [{**one, "receipt": "3333"} for one in listed[:1]] + listed[1:]
    for changed, why in (
        ({**sealed, "ballots": exchanged}, "the ballots are not those of which it names the SHA-256"),
        ({**sealed, "seed": "x"}, "the seed of the tie-break does not follow from the promised seed and the ballots"),
    ):
        assert sanpo("tally", published(tmp_path, **changed)) == 1
        assert capsys.readouterr().err == f"sanpo: park.json: {why}\n"


def test_what_the_city_funded_is_held_against_the_count(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    told = GOOD.replace("project_id;cost\na;4\nb;7", "project_id;cost;selected\na;4;{}\nb;7;{}")
    for chosen, said in (((0, 1), "The file says that the same projects were funded."),
                         ((1, 0), "The file names others as funded: a; not b.")):
        path = tmp_path / "f.pb"
        path.write_text(told.format(*chosen))
        assert sanpo("tally", path) == 0
        assert capsys.readouterr().out.endswith(f"\n\n{said}\n")


@pytest.mark.parametrize(("what", "text", "why"), [
    ("no section", "hello", "line 1: the file does not begin with META"),
    ("a broken header", GOOD.replace("project_id;cost", "id;cost"), "line 6: there is no column project_id"),
    ("no votes", GOOD[: GOOD.index("VOTES")], "the section VOTES is missing"),
    ("an unknown project", GOOD.replace("2;b", "2;z"), "line 12: there is no project 'z'"),
    ("a negative cost", GOOD.replace("a;4", "a;-4"), "line 7: cost is negative: -4"),
    ("a cost that is none", GOOD.replace("a;4", "a;1e9"), "line 7: cost is not an exact number: '1e9'"),
    ("an absurd cost", GOOD.replace("a;4", "a;" + "9" * 99), "line 7: cost is not an exact number"),
    ("a project twice", GOOD.replace("b;7", "a;7"), "the project 'a' stands there twice"),
    ("a voter twice", GOOD.replace("2;b", "1;b"), "the voter '1' stands there twice"),
    ("an unknown kind of vote", GOOD.replace(";approval", ";dance"), "vote_type is 'dance'"),
    ("no budget", GOOD.replace("budget;10\n", ""), "META has no budget"),
    ("no points", GOOD.replace(";approval", ";cumulative"), "line 11: there are no points"),
    ("a short line", GOOD + "3\n", "line 13: fewer columns than the header names"),
    ("another encoding", GOOD.replace("1;a,b", "é;a,b").encode("latin-1"), "the file is not UTF-8"),
    ("UTF-16", GOOD.encode("utf-16"), "the file is not UTF-8"),
    ("broken JSON", "{", "the file is no JSON"),
    ("other JSON", "{}", "the file is no ballot of Sanpo"),
    ("no rules", '{"sanpo": 1, "options": [], "ballots": []}', "'rules' is missing"),
    ("rules of no method", '{"sanpo": 1, "options": [], "ballots": [], "rules": {"method": "x"}}', "method is not one"),
    ("a choice of another shape", '{"sanpo": 1, "options": [], "ballots": [{"choice": 1}], "rules": {"method": "stv"}}',
     "a ballot cannot be counted: shape"),
    ("only totals", '{"sanpo": 1, "options": [], "ballots": [], "withheld": "few"}', "its ballots are not published"),
    ("deep JSON", '{"a":' * 100_000, "the file is no JSON"),
    ("nothing", "", "the section META is missing"),
    ("zeros", "\0" * 100, "line 1"),
])
def test_what_cannot_be_counted_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture, what: str, text: str | bytes, why: str
) -> None:
    path = tmp_path / "f.pb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert sanpo("tally", path) == 1
    said = capsys.readouterr().err
    assert why in said and said.count("\n") == 1 and said.startswith("sanpo: f.pb: ")


def test_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    assert sanpo("tally", tmp_path / "none.pb") == 1
    assert sanpo("tally", ASSEN, "--method", "dance") == 2
    assert sanpo("tally", ASSEN, "--method", "stv") == 1
    assert sanpo("tally", "--help") == 0


def test_every_step_of_every_method_has_words() -> None:
    told = set()
    choices = {"yes_no": "yes", "approval": ["a"], "score": {"a": 1}, "greedy": ["a", "b"], "equal_shares": ["a", "b"]}
    for method, choice in {**choices, **dict.fromkeys(["runoff", "stv", "schulze"], [["a"], ["b"]])}.items():
        rules = Rules(method, highest=2, budget=9, completion="greedy")
        options = [Option("a", 4), Option("b", 4), Option("c", 4)]
        for step in tally([Ballot(choice), Ballot(choice)], options, rules).to_json()["steps"]:
            told.add(step["kind"])
            assert "%(" not in tell(step, {}, str)
    assert told <= set(MESSAGES)
