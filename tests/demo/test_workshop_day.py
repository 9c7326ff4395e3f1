"""The workshop of the story: its record is public, and two of its four posters were taken further."""
from sqlalchemy import select

from consortium.outcomes.models import Into, Outcome
from consortium.voices.queries import voices_of
from participation.subjects import Subject
from workshops.boards.models import Team
from workshops.models import Workshop
from workshops.records.queries import ideas, personas, posters, teams


def test_four_teams_drew_four_posters_of_which_one_is_a_proposal_and_one_a_pilot(demo, reader):
    with demo.db.read() as session:
        number = session.scalar(select(Workshop.id).where(Workshop.slug == "smart-city-2020"))
        drawn, own = posters(session, Team.workshop_id == number), personas(session, Team.workshop_id == number)
        seats = [team.members for team in teams(session, number)]
        dots = sum(each.dots for each in (*drawn, *ideas(session, number)))
        made = {outcome.kind: outcome.target_id for outcome in session.scalars(select(Outcome))}
        proposal, voices = session.get(Subject, made[Into.PROPOSAL]), voices_of(session, [made[Into.PILOT]])
    assert (len(drawn), len(own), seats, dots) == (4, 4, [4, 4, 4, 4], 16 * 3)
    assert all(each.visible and each.big_idea for each in drawn) and all(each.curve for each in own)
    assert set(made) == {Into.PROPOSAL, Into.PILOT} and proposal.visible
    assert [voice.kind for voice in voices[made[Into.PILOT]]] == ["poster"]
    record = reader.open("/workshops/smart-city-2020/record").text
    assert "ひと休みベンチ" in record and proposal.title in record
