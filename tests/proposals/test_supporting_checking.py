"""A counter that went wrong is noticed, reported, and forgotten once it is right again."""

from participation.policy import Actor
from proposals.models import Proposal
from proposals.supporting import checking
from proposals.supporting.actions import support
from proposals.supporting.queries import Mismatch, counter_mismatches
from tests.proposals.scene import Scene
from tests.support.application import People


def test_a_wrong_counter_is_found_round_by_round(scene: Scene, person: People, services, monkeypatch) -> None:
    hanako: Actor = person("Hanako")
    proposals = [scene.proposal() for _ in range(5)]
    for proposal in proposals:
        scene.do(support, hanako, proposal)
    scene.set(Proposal, proposals[3], supports_count=7)
    assert scene.ask(counter_mismatches) == [Mismatch("supports", proposals[3], None, 7, 1)]
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    reports = []
    for _ in range(4):
        checking.check_some(services, scene.clock())
        reports.append([reason for _, reason in checking.probe(services, scene.clock())])
    wrong = [f"supports: proposal {proposals[3]} counts 7 but has 1"]
    assert reports == [[], wrong, wrong, wrong]
    scene.set(Proposal, proposals[3], supports_count=1)
    checking.check_some(services, scene.clock())
    assert checking.probe(services, scene.clock()) == []
