"""Whatever is tried in whatever order: a frozen text stays, keys stay, and the newest is the newest."""
import contextlib
import itertools
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from participation.policy import Refused
from participation.web.errors import HttpProblem
from rules.documents import actions, writing
from rules.documents.canonical import canonical_bytes, sha256_of
from rules.documents.models import Document, Kind, Section, Stage, Version
from tests.support.databases import on_sqlite

NUMBERS = itertools.count(1)
WORDS = some.text(alphabet="市民の声abc\n#*", max_size=20)
KEYS = some.sampled_from(["s1", "s2", "s3", "a1", "a2", "none"])
COMMANDS = some.lists(some.one_of(
    some.tuples(some.just("add"), WORDS), some.tuples(some.just("save"), KEYS, WORDS),
    some.tuples(some.just("remove"), KEYS), some.tuples(some.just("move"), KEYS, some.sampled_from([-1, 1])),
    some.tuples(some.just("import"), WORDS, some.booleans()), some.tuples(some.just("describe"), WORDS),
    some.tuples(some.just("open")), some.tuples(some.just("discard")), some.tuples(some.just("adopt")),
    some.tuples(some.just("publish"), some.sampled_from([Stage.FIRST_DRAFT, Stage.DRAFT, Stage.ADOPTED]))), max_size=30)


class Story:
    """Carries commands out and remembers every text as it was when it was frozen."""

    def __init__(self, desk: Any, kind: Kind, slug: str) -> None:
        self.desk, self.kind, self.slug = desk, kind, slug
        self.frozen: dict[int, bytes] = {}
        desk.begin(slug, kind)

    def carry_out(self, name: str, *with_: Any) -> None:
        with contextlib.suppress(Refused, HttpProblem):
            getattr(self, f"do_{name}")(*with_)
        self.check()

    def do_add(self, words: str) -> None:
        self.desk.add(self.slug, words or "節", words)

    def do_save(self, key: str, words: str) -> None:
        text = {"heading": {"ja": words or "節"}, "body": {"ja": words}}
        self.desk.do(writing.save_section, self.slug, key, **text, seen=0)

    def do_remove(self, key: str) -> None:
        self.desk.do(writing.remove_section, self.slug, key)

    def do_move(self, key: str, by: int) -> None:
        self.desk.do(writing.move_section, self.slug, key, by)

    def do_import(self, words: str, replace: bool) -> None:
        self.desk.do(writing.put_sections, self.slug, [("目的", words), (words or "節", "")], locale="ja", replace=replace)

    def do_describe(self, words: str) -> None:
        self.desk.do(writing.describe, self.slug, title={"ja": words or "題"}, note={"ja": words})

    def do_open(self) -> None:
        self.desk.next(self.slug)

    def do_discard(self) -> None:
        self.desk.do(actions.discard_version, self.slug)

    def do_adopt(self) -> None:
        self.desk.do(actions.adopt, self.slug, registry=self.desk.registry)

    def do_publish(self, stage: Stage) -> None:
        self.desk.publish(self.slug, stage, date(2026, 6, 1) if self.kind == Kind.RULE else None)

    def check(self) -> None:
        with self.desk.db.read() as session:
            document = session.scalar(select(Document).where(Document.slug == self.slug))
            versions = session.scalars(select(Version).where(Version.document_id == document.id)).all()
            for version in versions:
                wanted = select(Section).where(Section.version_id == version.id).order_by(Section.position)
                data = canonical_bytes(document, version, session.scalars(wanted).all())
                if version.published_at:
                    assert data == self.frozen.setdefault(version.number, data)
                    assert sha256_of(data) == version.sha256
            published = [version.number for version in versions if version.published_at]
            assert sorted(published) == sorted(self.frozen)
            assert document.newest == max(published, default=0)
            assert sum(version.published_at is None for version in versions) <= 1


@on_sqlite
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=some.sampled_from([Kind.VISION, Kind.RULE]), commands=COMMANDS)
def test_no_sequence_of_commands_changes_a_frozen_text(desk, kind, commands):
    story = Story(desk, kind, f"d-{next(NUMBERS)}")
    story.check()
    for command in commands:
        story.carry_out(*command)
