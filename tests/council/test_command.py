"""The command itself: exit codes and what it says."""
from asgi import COMPONENTS
from participation.cli import run
from participation.paths import DEMO
from tests.support.databases import on_sqlite


def sanpo(*arguments: str) -> int:
    try:
        run(COMPONENTS, arguments)
    except SystemExit as exit:
        return int(exit.code or 0)
    return 0


@on_sqlite
def test_it_says_what_it_loaded_and_what_comes_later(capsys, monkeypatch, tmp_path, database_url):
    monkeypatch.setenv("SANPO_DATA", str(tmp_path))
    monkeypatch.setenv("SANPO_DATABASE_URL", database_url)
    assert sanpo("load", str(DEMO / "kobe.yaml")) == 0
    first = capsys.readouterr().out.splitlines()
    assert first[0] == "神戸市: 7 living areas, 8 categories, 3 documents, 7 KPIs; 41 of them new or changed."
    assert first[1].startswith("Not read yet, comes with later versions: workshop")
    assert sanpo("load", str(DEMO / "kobe.yaml")) == 0
    said = "神戸市: 7 living areas, 8 categories, 3 documents, 7 KPIs; nothing to change."
    assert capsys.readouterr().out.splitlines()[0] == said


def test_a_wrong_file_ends_with_one_line_and_exit_code_1(capsys, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text("city: [\n")
    assert sanpo("load", str(path)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and lines[0].startswith(f"sanpo: {path}:")


def test_no_file_is_bad_usage(capsys):
    assert sanpo("load") == 2
