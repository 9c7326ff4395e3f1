"""Challenges of the story: posted, answered, closed and matched through the actions of the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from consortium.challenges import actions, answering
from consortium.challenges.models import ChallengeState
from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from consortium.voices.actions import link_voice
from participation.db import Localized


def challenge_scenes(challenges: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    for told in challenges:
        yield Scene(told["at"], "post_challenge", told["by"], told["key"], told)
        for sheet in told.get("sheets", ()):
            yield Scene(sheet["at"], "answer_challenge", sheet["by"], told["key"], sheet)
        for verb, name in (("end_challenge", "closed"), ("end_challenge", "withdrawn"), ("match_sheets", "matched")):
            if name in told:
                yield Scene(told[name]["at"], verb, told[name]["by"], told["key"], {**told[name], "to": name})


def post(turn: Turn) -> None:
    told, stage = turn.detail, turn.stage
    poster = stage.organisations[told["poster"]] if "poster" in told else None
    row = actions.draft_challenge(turn.session, turn.actor, poster, {"title_ja": told["title"]["ja"]}, now=turn.now)
    said = actions.Description(
        organisation_id=poster,
        **{name: Localized(told[name]) for name in ("title", "background", "wanted")},
        category_id=stage.categories[told["field"]],
        area_id=stage.areas[told["area"]] if "area" in told else None,
        closes_on=stage.today + timedelta(days=told["closes"]),
    )
    actions.post_challenge(turn.session, turn.actor, row.id, said, now=turn.now)
    stage.challenges[turn.on] = row.id
    for key in told.get("voices", ()):
        if key in stage.proposals:  # a part of the story may be played without some of the proposals
            link_voice(turn.session, turn.actor, row.id, stage.proposals[key], now=turn.now)


def answer(turn: Turn) -> None:
    told = turn.detail
    values = {name: told.get(name, "") for name in ("offer", "experience", "cost", "needs")}
    number, owner = turn.stage.challenges[turn.on], turn.stage.organisations[told["of"]]
    about = (turn.session, turn.actor, number, owner, {**values, "public": told.get("public", False)})
    turn.stage.sheets[turn.on, told["of"]] = answering.hand_in_sheet(*about, locale="ja", now=turn.now).id


def end(turn: Turn) -> None:
    number, to = turn.stage.challenges[turn.on], ChallengeState(turn.detail["to"])
    reason = turn.detail.get("reason", "")
    actions.move_challenge(turn.session, turn.actor, number, to, reason, now=turn.now)


def match(turn: Turn) -> None:
    sheets = [turn.stage.sheets[turn.on, key] for key in turn.detail["chosen"]]
    number = turn.stage.challenges[turn.on]
    answering.match_sheets(turn.session, turn.actor, number, sheets, sheets[0], now=turn.now)


VERBS = {"post_challenge": post, "answer_challenge": answer, "end_challenge": end, "match_sheets": match}
