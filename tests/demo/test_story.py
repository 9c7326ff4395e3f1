"""The demo's data by themselves: complete, consistent, and possible under the rules of the product."""
from collections import Counter
from datetime import date

import pytest

from consortium.demo.story import COUNCIL_FILE, read_story
from consortium.demo.texts import changed
from consortium.demo.timeline import moments, scenes_of
from consortium.council.located import read_located
from proposals.listing import SHOWN
from proposals.models import TRANSITIONS, State

STORY = read_story()
PROPOSALS = [pytest.param(proposal, id=proposal.key) for proposal in STORY.proposals]


def final_state(proposal):
    for state in ("draft", "hidden", "withdrawn", "merged"):
        if state in proposal.entry:
            return state
    return ([{"state": "published"}] + proposal.all("answers"))[-1]["state"]


def comments_of(proposal):
    return [said for comment in proposal.all("comments") for said in (comment, *comment.get("replies", ()))]


def test_thirty_proposals_and_more_in_every_state():
    main = [proposal for proposal in STORY.proposals if proposal.process == "kobe-vision"]
    states = Counter(final_state(proposal) for proposal in main)
    assert len(main) == 35
    assert sum(final_state(proposal) in {str(state) for state in SHOWN} for proposal in main) == 30
    assert set(states) == {*(str(state) for state in State), "hidden"}
    assert states["draft"] == states["hidden"] == 1


def test_most_are_written_in_japanese_some_in_english():
    languages = Counter(proposal.entry["language"] for proposal in STORY.proposals)
    assert languages["en"] == 6 and languages["ja"] > 24
    assert all(set(proposal.entry) >= {"ja", "en"} for proposal in STORY.proposals)


def test_people_say_more_than_a_hundred_things_of_every_alignment():
    said = [comment for proposal in STORY.proposals for comment in comments_of(proposal)]
    assert len(said) >= 120
    assert {comment["align"] for comment in said} == {"for", "against", "neutral"}
    assert {"secretariat", "member", "company"} <= {comment["by"] for comment in said}
    assert any("hidden" in comment for comment in said)


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_every_version_of_a_text_has_a_good_length(proposal):
    title, body = proposal.original["title"], proposal.original["body"]
    steps = [(edit["at"], edit) for edit in proposal.all("edits")]
    steps += [(a["decided"], a) for a in proposal.all("amendments") if a.get("outcome") == "accepted"]
    versions = [body]
    for _day, step in sorted(steps, key=lambda step: step[0]):
        title, body = changed(title, body, step)
        versions.append(body)
    short, long = (120, 400) if proposal.entry["language"] == "ja" else (200, 900)
    assert all(short <= len(version) <= long for version in versions)
    assert 8 <= len(title) <= 100
    assert 120 <= len(proposal.entry["ja"]["body"]) <= 400


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_the_city_answers_along_the_allowed_steps_and_texts_rest_from_then_on(proposal):
    state, last_day = State.PUBLISHED, proposal.begins
    for answer in proposal.all("answers"):
        assert answer["state"] in TRANSITIONS[state] and answer["at"] > last_day
        assert answer["ja"] and answer["en"] and answer["department"]["ja"]
        state, last_day = State(answer["state"]), answer["at"]
    if proposal.all("answers"):
        reviewed = proposal.all("answers")[0]["at"]
        changes = [edit["at"] for edit in proposal.all("edits")]
        changes += [day for a in proposal.all("amendments") for day in (a["at"], a.get("decided", a["at"]))]
        assert all(day < reviewed for day in changes)


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_everybody_and_every_place_is_known(proposal):
    keys = {person.key for person in STORY.everybody} | {"crowd"}
    council = read_located(COUNCIL_FILE).mapping()
    areas = {area.need("key").text() for area in council["living_areas"].items()}
    categories = {category.need("key").text() for category in council["categories"].items()}
    entry = proposal.entry
    named = [entry["by"], *entry.get("with", ()), *entry.get("follows", ()), *entry.get("supporters", ())]
    named += [comment["by"] for comment in comments_of(proposal)] + [a["by"] for a in proposal.all("amendments")]
    assert set(named) <= keys
    assert entry["area"] in areas and entry["category"] in categories
    assert 34.5 < entry["point"][0] < 34.9 and 134.8 < entry["point"][1] < 135.4


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_authors_change_their_text_themselves_and_others_suggest(proposal):
    authors = {proposal.entry["by"], *proposal.entry.get("with", ())}
    assert authors.isdisjoint(amendment["by"] for amendment in proposal.all("amendments"))


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_nobody_answers_before_anything_was_said(proposal):
    for comment in proposal.all("comments"):
        assert proposal.begins <= comment["at"] <= -1
        assert all(comment["at"] <= reply["at"] <= -1 for reply in comment.get("replies", ()))


def test_every_scene_lies_in_a_phase_that_opens_it():
    feature = {"publish": "propose", "support": "support", "comment": "comment", "edit": "amend", "amend": "amend"}
    processes = {proposal.key: STORY.process(proposal.process) for proposal in STORY.proposals}
    for scene in scenes_of(STORY):
        if scene.verb in feature:
            phases = processes[scene.on].phases
            assert any(p.begins <= scene.day < p.ends and feature[scene.verb] in p.opens for p in phases), scene


def test_supports_are_as_many_as_told_and_nobody_supports_twice():
    given = Counter((scene.on, scene.who) for scene in scenes_of(STORY) if scene.verb == "support")
    assert set(given.values()) == {1}
    by_proposal = Counter(on for on, _who in given)
    assert by_proposal == {p.key: p.entry["supports"] for p in STORY.proposals if p.entry.get("supports")}


def test_the_moments_rise_and_end_before_today():
    today = date(2026, 6, 1)
    times = [moment for moment, _scene in moments(scenes_of(STORY), today)]
    assert times == sorted(set(times))
    assert times[-1].date() < today


def test_nicknames_are_unique():
    names = Counter(person.name for person in STORY.everybody)
    assert names.most_common(1)[0][1] == 1


def test_the_figures_of_the_plan_are_kept():
    listed = read_located(COUNCIL_FILE).mapping()["kpis"].items()
    kpis = {kpi.need("key").text(): kpi.mapping()["targets"] for kpi in listed}
    targets = {key: [value.plain for value in years.mapping().values()] for key, years in kpis.items()}
    assert targets == {
        "participants": [500, 1500, 3500, 7500, 460000], "services": [3, 6, 9, 12, 50],
        "members": [10, 20, 30, 40, 100], "visitors": [None, 1, 2, 4, 10], "pilots": [20, 50, 80, 120, 800],
        "companies": [None, None, 1, 1, 5], "trained": [10, 30, 70, 150, 500]}
