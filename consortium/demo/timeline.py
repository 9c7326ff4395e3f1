"""The story in order of time: who does what when, so that every event of the demo happens at its own moment."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count, groupby
from typing import Any

from consortium.demo.balloting import ballot_scenes
from consortium.demo.consenting import consent_scenes
from consortium.demo.improving import improvement_scenes
from consortium.demo.mapping import map_scenes
from consortium.demo.scenes import Scene, midnight, organisation_scenes
from consortium.demo.serving import service_scenes
from consortium.demo.story import Proposal, Story
from consortium.demo.surveying import survey_scenes
from consortium.demo.workshop_day import day_scenes
from consortium.demo.workshops import workshop_scenes

MORNING, EVENING = timedelta(hours=7), timedelta(hours=22)
YESTERDAY = -1
BEFORE_DECISION = ("published", "under_review")  # the states in which a proposal takes supports
SOON = 6  # days within which likes come


def scenes_of(story: Story) -> list[Scene]:
    """Every scene, ordered by day; scenes of one day keep the order in which the files tell them."""
    of_organisations = organisation_scenes(story.organisations)
    of_proposals = (scene for proposal in story.proposals for scene in _proposal(proposal, story))
    measured = (Scene(each["at"], "measure", "secretariat", each["kpi"], each) for each in story.measurements)
    of_services = service_scenes(story.services, story.crowd)
    improved = improvement_scenes(story.improvements, story.crowd)
    of_purposes = consent_scenes(story.purposes, [person.key for person in story.crowd])
    told = [*_announcements(story), *_documents(story), *measured, *_consultations(story)]
    told += ballot_scenes(story.ballots, story.crowd)
    told += survey_scenes(story)
    told += map_scenes(story.opinion_maps, story.crowd)
    told += workshop_scenes(story.workshops, story.crowd)
    told += day_scenes(story.workshop_days)
    told += [*of_organisations, *of_services, *of_proposals, *of_purposes, *improved]
    return sorted([*_arrivals(told, story), *told], key=lambda scene: scene.day)


def moments(scenes: list[Scene], today: date) -> Iterator[tuple[datetime, Scene]]:
    """Each scene with its moment: those of one day are spread from morning to evening."""
    for day, group in groupby(scenes, key=lambda scene: scene.day):
        of_day = list(group)
        start, step = midnight(today, day) + MORNING, (EVENING - MORNING) / (len(of_day) + 1)
        yield from ((start + step * number, scene) for number, scene in enumerate(of_day, 1))


def _announcements(story: Story) -> Iterator[Scene]:
    for process in story.processes:
        day = min(process.phases[0].begins - 5, YESTERDAY)
        yield Scene(day, "announce", "secretariat", process.slug)
        crowd = random.Random(process.slug).sample(story.crowd, process.followers_of_crowd)
        for who in (*process.followers, *(person.key for person in crowd)):
            yield Scene(day, "follow", who, process.slug)


def _documents(story: Story) -> Iterator[Scene]:
    for slug, days in story.documents.items():
        yield from (Scene(day, "publish_version", "secretariat", slug, {"place": n}) for n, day in enumerate(days))


def _consultations(story: Story) -> Iterator[Scene]:
    for told in story.consultations:
        slug, number = told["document"], told["version"]
        yield Scene(told["opens"], "call", "secretariat", slug, told)
        for row, group in enumerate(told["groups"]):
            about = {"version": number, "row": row, "title": group.get("title", "")}
            for place, opinion in enumerate(group["opinions"]):
                detail = {**opinion, **about, "place": place}
                yield Scene(opinion["at"], "opine", opinion.get("by", "secretariat"), slug, detail)
                yield from _likes(story, slug, detail)
            if "response" in group:
                yield Scene(group["response"]["at"], "respond", "secretariat", slug, {**group["response"], **about})


def _likes(story: Story, slug: str, opinion: Mapping[str, Any]) -> Iterator[Scene]:
    """As many of the crowd like a light voice as it says, within some days."""
    chance = random.Random(opinion["text"])
    for person in chance.sample(story.crowd, opinion.get("likes", 0)):
        yield Scene(min(opinion["at"] + chance.randrange(SOON), YESTERDAY), "like_voice", person.key, slug, opinion)


def _arrivals(told: list[Scene], story: Story) -> Iterator[Scene]:
    """Everybody signs up on the day of their first scene, the demo accounts before; readers one by one.

    The secretariat is the first, as it confirms who lives here.
    """
    first: dict[str, int] = {}
    for scene in told:
        first[scene.who] = min(scene.day, first.get(scene.who, scene.day))
    opening = min(process.phases[0].begins for process in story.processes) - 10
    first |= {person.key: opening for person in story.accounts}
    people = sorted(story.everybody, key=lambda person: person.role != "secretariat")
    for number, person in enumerate(people):
        yield Scene(first.get(person.key, YESTERDAY - number % 200), "arrive", person.key)


def _proposal(proposal: Proposal, story: Story) -> Iterator[Scene]:
    entry, key, author = proposal.entry, proposal.key, proposal.entry["by"]
    yield Scene(proposal.begins, "publish" if "published" in entry else "draft", author, key)
    for partner in entry.get("with", ()):
        yield Scene(proposal.begins, "join", partner, key)
    yield from (Scene(YESTERDAY, "invite", whom, key) for whom in entry.get("invited", ()))
    yield from (Scene(edit["at"], "edit", author, key, edit) for edit in proposal.all("edits"))
    yield from _amendments(proposal)
    yield from _comments(proposal, story)
    yield from (Scene(proposal.begins, "follow", who, key) for who in entry.get("follows", ()))
    yield from _supports(proposal, story)
    yield from (Scene(answer["at"], "answer", "secretariat", key, answer) for answer in proposal.all("answers"))
    if "withdrawn" in entry:
        yield Scene(entry["withdrawn"], "withdraw", author, key)
    for verb, name in (("merge", "merged"), ("hide", "hidden")):
        if name in entry:
            yield Scene(entry[name]["at"], verb, "secretariat", key, entry[name])


def _amendments(proposal: Proposal) -> Iterator[Scene]:
    for number, amendment in enumerate(proposal.all("amendments")):
        detail = {**amendment, "number": number}
        yield Scene(amendment["at"], "amend", amendment["by"], proposal.key, detail)
        if "decided" in amendment:
            yield Scene(amendment["decided"], "decide", proposal.entry["by"], proposal.key, detail)


def _comments(proposal: Proposal, story: Story) -> Iterator[Scene]:
    numbers = count()
    for comment in proposal.all("comments"):
        parent = next(numbers)
        yield from _comment(proposal, story, comment, parent, None)
        for reply in comment.get("replies", ()):
            yield from _comment(proposal, story, reply, next(numbers), parent)


def _comment(
    proposal: Proposal, story: Story, entry: Mapping[str, Any], number: int, parent: int | None
) -> Iterator[Scene]:
    key, detail = proposal.key, {**entry, "number": number, "parent": parent}
    author = story.crowd[0].key if entry["by"] == "crowd" else entry["by"]
    yield Scene(entry["at"], "comment", author, key, detail)
    for edit in entry.get("edits", ()):
        yield Scene(edit["at"], "edit_comment", author, key, {**edit, "number": number})
    chance = random.Random(f"{key} {number}")
    last = min(YESTERDAY, story.process(proposal.process).last_day("comment"))
    for person in chance.sample(story.crowd[1:], entry["likes"]):
        yield Scene(min(entry["at"] + chance.randrange(SOON), last), "like", person.key, key, {"number": number})
    if "reported" in entry:
        report = entry["reported"]
        yield Scene(report["at"], "report_comment", report["by"], key, {**report, "number": number})
    if "hidden" in entry:
        yield Scene(entry["hidden"]["at"], "hide_comment", "secretariat", key, {**entry["hidden"], "number": number})


def _supports(proposal: Proposal, story: Story) -> Iterator[Scene]:
    """As many supporters as the entry says: those it names, those who spoke for it, then citizens of the crowd."""
    entry, key, begins = proposal.entry, proposal.key, proposal.begins
    wanted, chance, last = entry.get("supports", 0), random.Random(key), _last_day_of_support(proposal, story)
    named = dict.fromkeys(entry.get("supporters", ()), begins)
    spoke = {c["by"]: c["at"] for c in proposal.all("comments") if c.get("align") == "for" and c["by"] != entry["by"]}
    early = [(who, day) for who, day in {**spoke, **named}.items() if day <= last][:wanted]
    yield from (Scene(day, "support", who, key) for who, day in early)
    for person in chance.sample(story.crowd, wanted - len(early)):  # most of them come in the first weeks
        yield Scene(begins + int((last + 1 - begins) * chance.random() ** 2), "support", person.key, key)


def _last_day_of_support(proposal: Proposal, story: Story) -> int:
    entry = proposal.entry
    ends = [entry[name]["at"] for name in ("merged", "hidden") if name in entry]
    ends += [answer["at"] for answer in proposal.all("answers") if answer["state"] not in BEFORE_DECISION]
    open_until = story.process(proposal.process).last_day("support")
    return max(proposal.begins, min([YESTERDAY, open_until, *(day - 1 for day in ends)]))
