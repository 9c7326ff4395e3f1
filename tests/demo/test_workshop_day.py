"""The workshop of the story: its record is public, and two of its four posters were taken further."""
from sqlalchemy import select

from consortium.outcomes.models import Into, Outcome
from consortium.voices.queries import voices_of
from participation.subjects import Subject
from workshops.boards.models import Team
from workshops.models import Workshop
from workshops.records.queries import ideas, personas, photos, posters, teams


def test_four_teams_drew_four_posters_of_which_one_is_a_proposal_and_one_a_pilot(demo, reader):
    with demo.db.read() as session:
        number = session.scalar(select(Workshop.id).where(Workshop.slug == "smart-city-2020"))
        drawn, own = posters(session, Team.workshop_id == number), personas(session, Team.workshop_id == number)
        taken = photos(session, number)
        seats = [team.members for team in teams(session, number)]
        dots = sum(each.dots for each in (*drawn, *ideas(session, number)))
        made = {outcome.kind: outcome.target_id for outcome in session.scalars(select(Outcome))}
        proposal, voices = session.get(Subject, made[Into.PROPOSAL]), voices_of(session, [made[Into.PILOT]])
    assert (len(drawn), len(own), seats, dots) == (4, 4, [4, 4, 4, 4], 16 * 3)
    assert all(each.visible and each.big_idea and each.picture_alt for each in drawn)
    assert all(each.curve for each in own)
    assert set(made) == {Into.PROPOSAL, Into.PILOT} and proposal.visible
    assert [voice.kind for voice in voices[made[Into.PILOT]]] == ["poster"]
    record = reader.open("/workshops/smart-city-2020/record")
    assert "ひと休みベンチ" in record.text and proposal.title in record.text
    assert record.html.count("<figure") == 2 and "名札" not in record.text  # the third photo is not to be published
    shown = [*(each.picture for each in drawn), *(each.name for each in taken if each.public)]
    files = [reader.get(f"/media/{name}").response.content for name in shown]
    assert len(set(shown)) == 6 and sum(len(file) for file in files) < 100_000
