"""The workshop of 2020 with exactly its published facts, drawn by the product's own draw; another one is recruiting."""
import json
from collections import Counter
from datetime import datetime, timedelta

import yaml
from sqlalchemy import func, select

from consortium.demo.story import DEMO
from participation.audit.sealed import broken_seals
from participation.web.i18n import ZONE
from workshops.draw.port import Sheet, draw_plain, problem_of
from workshops.models import Workshop, WorkshopApplication, WorkshopMember
from workshops.panels.models import WorkshopDraw, WorkshopInvitation


def test_sixteen_of_seventy_were_drawn_in_2020_and_anybody_can_draw_them_again(demo):
    facts = yaml.safe_load((DEMO / "kobe.yaml").read_text(encoding="utf-8"))["workshop"]
    with demo.db.read() as session:
        old = session.scalars(select(Workshop).where(Workshop.slug == "smart-city-2020")).one()
        draw = session.get_one(WorkshopDraw, old.id)
        answers = Counter(session.scalars(select(WorkshopInvitation.state)))
        of_old = WorkshopMember.workshop_id == old.id
        members = session.scalar(select(func.count()).select_from(WorkshopMember).where(of_old))
        kept = session.execute(select(WorkshopApplication.workshop_id, func.count()).group_by("workshop_id")).all()
        new = session.scalars(select(Workshop).where(Workshop.slug == "evening-out")).one()
        assert broken_seals(demo.registry, session) == ()
    assert [old.starts_at, old.ends_at] == [datetime(2020, 11, 7, hour, tzinfo=ZONE) for hour in (13, 18)]
    assert (old.capacity, old.fee, old.min_age) == (facts["capacity"], facts["fee"], facts["eligibility"]["min_age"])
    assert old.title.to("ja") == facts["title"]["ja"] and old.question.to("ja") == facts["question"]["ja"]
    problem = problem_of(Sheet("pool", draw.pool_csv), Sheet("quotas", draw.quotas_csv), draw.seats)
    assert len(problem.people) == facts["applicants"] == 70
    wanted = sorted(tuple(bounds) for each in facts["quotas"].values() for bounds in each.values())
    assert sorted((quota.min, quota.max) for quota in problem.quotas) == wanted
    result = json.loads(draw.result)
    assert len(result["selected"]) == members == answers["accepted"] == 16
    assert all(each["min"] <= each["got"] <= each["max"] for each in result["quotas"])
    assert draw_plain(problem, draw.seed)[0] == result
    assert kept == [(new.id, 21)]  # those of 2020 were deleted in time, and the draw stands
    assert new.state == "recruiting" and new.call_closes_at - demo.clock() > timedelta(days=31)
