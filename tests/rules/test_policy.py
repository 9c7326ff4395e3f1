"""Who may do what with a document at which stage, as a table."""
import pytest

from participation.policy import ANONYMOUS, Actor
from rules.documents import policy
from rules.documents.models import Document, Kind, Stage, Version
from rules.documents.stages import next_stages
from tests.support.clock import START


def actor(role: str) -> Actor:
    return Actor(id=1, name=role, roles=frozenset({(role, "platform", 0)}))


SECRETARY = actor("secretariat")
ROLES = {"anonymous": ANONYMOUS, "citizen": Actor(id=2), "secretariat": SECRETARY,
         "administrator": actor("administrator"), "auditor": actor("auditor")}
WORKING = Version(number=2, stage=Stage.DRAFT, published_at=None)
STAGES = [stage for stage in Stage if stage != Stage.SUPERSEDED]


def published(stage: Stage) -> Version:
    return Version(number=1, stage=stage, published_at=START)


@pytest.mark.parametrize(("role", "reads", "writes"), [
    ("anonymous", "sign_in", "sign_in"), ("citizen", "forbidden", "forbidden"), ("secretariat", "allowed", "allowed"),
    ("administrator", "allowed", "forbidden"), ("auditor", "allowed", "forbidden"),
])
def test_a_working_version_is_the_secretariats(role, reads, writes):
    who = ROLES[role]
    assert policy.may_read(who, WORKING).kind == reads
    asked = (policy.may_write(who), policy.may_change(who, WORKING), policy.may_open(who, None))
    assert {verdict.kind for verdict in asked} == {writes}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_published_is_everybodys_to_read_and_nobodys_to_change(role, stage):
    assert policy.may_read(ROLES[role], published(stage))
    assert not policy.may_change(ROLES[role], published(stage))


@pytest.mark.parametrize(("kind", "last", "to"), [
    (Kind.VISION, None, "outline first_draft draft"), (Kind.PLAN, Stage.OUTLINE, "outline first_draft"),
    (Kind.VISION, Stage.FIRST_DRAFT, "first_draft draft"), (Kind.VISION, Stage.DRAFT, "draft adopted"),
    (Kind.VISION, Stage.ADOPTED, "outline first_draft draft"), (Kind.RULE, None, "draft"),
    (Kind.RULE, Stage.IN_FORCE, "draft"), (Kind.RULE, Stage.SUPERSEDED, "draft"),
])
def test_the_next_publication_follows_from_the_last(kind, last, to):
    assert [str(stage) for stage in next_stages(kind, last)] == to.split()
    document = Document(kind=kind, slug="x")
    for stage in Stage:
        wanted = "allowed" if stage in to.split() else "conflict"
        assert policy.may_publish(SECRETARY, document, WORKING, last, stage).kind == wanted
        assert not policy.may_publish(ROLES["auditor"], document, WORKING, last, stage)


@pytest.mark.parametrize(("kind", "newest", "working", "verdict"), [
    (Kind.VISION, Stage.DRAFT, None, "allowed"), (Kind.PLAN, Stage.DRAFT, None, "allowed"),
    (Kind.VISION, Stage.DRAFT, WORKING, "conflict"), (Kind.VISION, Stage.FIRST_DRAFT, None, "conflict"),
    (Kind.VISION, Stage.ADOPTED, None, "conflict"), (Kind.RULE, Stage.DRAFT, None, "conflict"),
])
def test_only_a_published_draft_is_adopted_as_it_stands(kind, newest, working, verdict):
    document = Document(kind=kind, slug="x")
    assert policy.may_adopt(SECRETARY, document, published(newest), working).kind == verdict
    assert not policy.may_adopt(ROLES["citizen"], document, published(newest), working)
