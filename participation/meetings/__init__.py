"""Meetings of a group, a council or a process: agenda, papers, who comes, minutes, decisions, what is to be done."""

from participation.meetings.actions import (
    Plan,
    answer_meeting,
    change_meeting,
    enter_past_meeting,
    move_meeting,
    plan_meeting,
    record_presence,
)
from participation.meetings.minuting import (
    confirm_minutes,
    finish_action,
    give_action,
    note_minutes,
    record_decision,
    write_minutes,
)
from participation.meetings.models import Access, MeetingState, Precision
from participation.meetings.papers import add_paper, holder
from participation.meetings.port import Attender, Body

__all__ = [
    "Access",
    "Attender",
    "Body",
    "MeetingState",
    "Plan",
    "Precision",
    "add_paper",
    "answer_meeting",
    "change_meeting",
    "confirm_minutes",
    "enter_past_meeting",
    "finish_action",
    "give_action",
    "holder",
    "move_meeting",
    "note_minutes",
    "plan_meeting",
    "record_decision",
    "record_presence",
    "write_minutes",
]
