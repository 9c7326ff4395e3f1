"""The page of news shows what happened on public things, and nothing of hidden ones."""

from participation.comments import actions as comments
from participation.moderation import actions as moderation
from participation.moderation.models import Ground
from participation.notifications.activity import NEWS, news
from participation.subjects import Subject
from tests.proposals.scene import doors, scene  # noqa: F401 - fixtures
from tests.support.databases import on_sqlite


def write(db, services, clock, actor, proposal):
    def work(session):
        about = session.get_one(Subject, proposal)
        more = {"alignment": None, "parent_id": None, "registry": services.registry, "now": clock()}
        return comments.write_comment(session, actor, about, body="Well said.", **more).id

    return db.write(work)


def test_a_comment_is_news_with_the_title_of_what_it_is_about_until_it_is_hidden(
    db,
    services,
    clock,
    person,
    scene,  # noqa: F811
):
    proposal = scene.proposal(title="Benches by the river")
    comment = write(db, services, clock, person("Hanako"), proposal)
    with db.read() as session:
        (item,) = news(session, services.registry, list(NEWS), 1)
        assert (item.says, item.title, item.url) == ("comment.written", "Benches by the river", f"/comments/{comment}")
    office = person("Office", roles=("secretariat",))
    db.write(
        lambda session: moderation.hide_thing(
            session, office, session.get_one(Subject, comment), ground=Ground.SPAM, reason="Advert.", now=clock()
        )
    )
    with db.read() as session:
        assert news(session, services.registry, list(NEWS), 1) == []


@on_sqlite
def test_the_page_explains_itself_while_nothing_happened(client):
    page = client.another(language="en").open("/activity?kind=nonsense&page=-3")
    assert "Nothing yet" in page.text
