"""Who is told of amendments, invitations and merges."""

from sqlalchemy import select

from participation.notifications.models import Notice
from proposals.amending.actions import accept, reject, suggest
from proposals.coauthors.actions import invite
from proposals.merging.actions import merge
from proposals.supporting.actions import support
from tests.proposals.scene import Scene
from tests.proposals.test_amending import WHY, WORDS


def told(scene: Scene, kind: str) -> list[int]:
    return sorted(scene.ask(lambda s: s.scalars(select(Notice.account_id).where(Notice.type == kind)).all()))


def test_authors_hear_of_an_amendment_and_its_author_of_the_decision(scene: Scene, person, deliver) -> None:
    hanako, partner, taro = person("Hanako"), person("Partner"), person("Taro")
    proposal = scene.proposal(hanako, co_authors=[partner])
    first, second = (scene.do(suggest, taro, proposal, **WORDS, reason=WHY) for _ in range(2))
    scene.do(reject, hanako, first, note="One seat first")
    scene.do(accept, hanako, second, seen_version=1)
    deliver()
    assert told(scene, "amendment.suggested") == sorted([hanako.id, partner.id] * 2)
    assert (told(scene, "amendment.rejected"), told(scene, "amendment.accepted")) == ([taro.id], [taro.id])


def test_only_the_invited_hears_of_an_invitation_and_reads_where_to_answer(
        scene: Scene, person, deliver, client) -> None:
    hanako, taro = person("Hanako"), person("Taro")
    proposal = scene.proposal(hanako)
    scene.do(invite, hanako, proposal, "Taro")
    scene.do(invite, hanako, proposal, "Nobody")
    deliver()
    assert told(scene, "proposal.author_invited") == [taro.id]
    assert "Hanako" in client.sign_in(taro).open("/me/notices").text


def test_a_merge_is_told_to_the_authors_of_both_and_to_whoever_supported(scene: Scene, person, deliver) -> None:
    first, second, fan, desk = person(), person(), person(), person(roles=("secretariat",))
    process = scene.process()
    old, new = scene.proposal(first, process=process), scene.proposal(second, process=process)
    scene.do(support, fan, old)
    deliver()
    scene.do(merge, desk, old, new, reason="The same wish")
    deliver()
    assert told(scene, "proposal.merged") == sorted([first.id, second.id, fan.id])
