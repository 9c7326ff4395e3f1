"""`sanpo load`: a council file becomes the city's frame; what is wrong in it is told with line and key."""
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consortium.council.commands import load_into, told
from consortium.council.located import FileError
from consortium.council.shape import read_council
from participation.events import Event
from participation.paths import DEMO
from participation.policy import ANONYMOUS
from participation.spaces.models import Area, Category, Site
from rules.documents.listing import documents
from rules.documents.models import Kind
from rules.documents.reading import version_page

KOBE = DEMO / "kobe.yaml"


def events(db: object) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Event).where(Event.type == "council.loaded"))


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "council.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_of_the_demo_makes_city_areas_and_categories(services, db):
    load_into(services, read_council(KOBE))
    with db.read() as session:
        site = session.get(Site, 1)
        areas = session.scalars(select(Area).order_by(Area.position)).all()
        categories = session.scalars(select(Category.key).order_by(Category.position)).all()
    assert site.name == {"ja": "神戸市", "en": "Kobe City"}
    assert site.council["en"] == "Kobe Smart City Promotion Council"
    assert [area.key for area in areas] == [
        "toshin", "hanshin", "rokko", "hyogo-nagata", "suma-tarumi", "seishin", "hokushin"]
    assert (areas[0].lat, areas[0].lng) == (34.6946, 135.1955)
    assert categories == ["administration", "health", "education", "industry", "tourism", "disaster-prevention",
                          "mobility", "environment"]


def test_loading_twice_changes_nothing(services, db):
    assert load_into(services, read_council(KOBE)).total == 41
    assert load_into(services, read_council(KOBE)).total == 0
    assert events(db) == 1


def test_a_changed_file_changes_what_it_names_and_leaves_the_rest(services, db, tmp_path):
    load_into(services, read_council(KOBE))
    text = "city: {ja: 神戸市, en: City of Kobe}\nliving_areas:\n  - {key: toshin, ja: 都心, en: Centre}\n"
    changes = load_into(services, read_council(file(tmp_path, text)))
    assert (changes.site, changes.areas, changes.categories) == (1, 1, 0)
    with db.read() as session:
        assert session.scalar(select(func.count()).select_from(Area)) == 7
        assert session.get(Site, 1).council["ja"] == "神戸市スマートシティ推進協議会"
        assert session.scalar(select(Area.name).where(Area.key == "toshin")) == {"ja": "都心", "en": "Centre"}


def test_what_later_versions_read_is_named_in_one_line():
    council = read_council(KOBE)
    assert council.later == ("workshop", "services_existing", "service_ideas")
    lines = [line for line in told(council, load_nothing()) if "workshop" in line]
    assert len(lines) == 1


def load_nothing():
    from consortium.council.actions import Changes
    return Changes()


def test_a_file_without_categories_gets_those_that_its_services_name(tmp_path):
    text = ("city: {ja: 甲市}\nservices_existing:\n  - {ja: 図書館, field: education}\n"
            "service_ideas:\n  - {ja: 検診, field: health}\n")
    council = read_council(file(tmp_path, text))
    assert [(category.key, category.name["ja"]) for category in council.categories] == [
        ("health", "健康と医療"), ("education", "学びと子育て")]


@pytest.mark.parametrize(("text", "line", "part"), [
    ("city: [1\n", 2, "expected ',' or ']'"),
    ("city: {en: Kobe}\n", 1, "city: 'ja' is missing"),
    ("council: {ja: 会}\n", 1, "'city' is missing"),
    ("city: {ja: 神戸市}\nliving_areas:\n  - {key: A b, ja: 港}\n", 3, "living_areas[0].key: expected lower-case"),
    ("city: {ja: 神戸市}\nliving_areas:\n  - {key: a, ja: 港}\n  - {key: a, ja: 山}\n", 4, "key 'a' stands twice"),
    ("city: {ja: 神戸市}\nliving_areas:\n  - key: a\n    ja: 港\n    centre: [1, 200]\n", 5,
     "centre[1]: expected a number"),
    ("city: {ja: 神戸市}\nliving_areas: 7\n", 2, "living_areas: expected a list"),
    ("city: {ja: 神戸市}\ncategories:\n  - {key: a}\n", 3, "categories[0]: 'ja' is missing"),
    ("city: {ja: 3}\n", 1, "city.ja: expected a text"),
    ("city: &a {ja: 神戸市}\ncouncil: *a\n", 2, "aliases are not allowed"),
    ("city: {ja: 甲}\ncity: {ja: 乙}\n", 2, "'city' stands twice"),
    ("city: !!python/object/apply:os.system [ls]\n", 1, "is not allowed"),
    ("city: !!python/name:os.system x\n", 1, "could not determine a constructor"),
    ("", 1, "expected keys with values"),
])
def test_a_wrong_file_is_refused_with_its_line_and_key(tmp_path, text, line, part):
    path = file(tmp_path, text)
    with pytest.raises(FileError) as refused:
        read_council(path)
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert part in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_wrong_file_changes_nothing(services, db, tmp_path):
    with pytest.raises(FileError):
        load_into(services, read_council(file(tmp_path, "city: {ja: 甲市}\nliving_areas:\n  - {key: a}\n")))
    with db.read() as session:
        assert session.get(Site, 1) is None


@pytest.mark.parametrize("content", [b"\xff\xfe city", b"city: \x00"])
def test_what_is_no_text_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "council.yaml"
    path.write_bytes(content)
    with pytest.raises(FileError) as refused:
        read_council(path)
    assert str(refused.value).startswith(str(path)) and "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileError, match="No such file"):
        read_council(tmp_path / "nowhere.yaml")


def test_the_vision_and_the_rules_are_published_and_the_rules_in_force(services, db, clock):
    load_into(services, read_council(KOBE))
    with db.read() as session:
        lines = documents(session, ANONYMOUS, tuple(Kind), clock(), "ja")
        found = {line.slug: (line.kind, line.number, line.stage) for line in lines}
        vision = version_page(session, ANONYMOUS, "vision", 2, clock(), "en")
        rule = version_page(session, ANONYMOUS, "participation", 1, clock(), "en")
    assert found == {"vision": ("vision", 2, "draft"), "participation": ("rule", 1, "in_force"),
                     "service": ("rule", 1, "in_force")}
    assert [section.key for section in vision.sections] == [
        "purpose", "policy-1", "policy-2", "policy-3", "policy-4", "policy-5", "kpi"]
    assert [section.key for section in rule.sections] == ["a1", "a2", "a3", "a4", "a5", "a6", "a7"]
    assert rule.sections[0].check == {"kind": "computed", "name": "feedback_answered_within", "days": 30, "share": 0.8}


def test_a_document_that_is_there_stays_as_it_is(services, db, tmp_path):
    text = ("city: {ja: 甲市}\nvision:\n  title: {ja: 姿}\n  stage: draft\n  sections:\n"
            "    - {key: aim, heading: {ja: 目的}, body: {ja: よいまち}}\n")
    load_into(services, read_council(file(tmp_path, text)))
    assert load_into(services, read_council(file(tmp_path, text.replace("よいまち", "別のまち")))).total == 0


@pytest.mark.parametrize(("rule", "problem"), [
    ("- {key: p, title: {ja: 甲}, applies_to: nobody, effective: 2021-04-01, articles: []}", "expected one of"),
    ("- {key: p, title: {ja: 甲}, applies_to: service, effective: soon, articles: []}", "expected"),
    ("- {key: p, title: {ja: 甲}, applies_to: service, effective: 2021-04-01, articles: []}", "sections whose keys"),
])
def test_a_rule_that_cannot_be_read_is_refused_with_its_line(tmp_path, rule, problem):
    with pytest.raises(FileError, match=rf"council.yaml:3: rules\[0\].*{problem}"):
        read_council(file(tmp_path, f"city: {{ja: 甲市}}\nrules:\n  {rule}\n"))
