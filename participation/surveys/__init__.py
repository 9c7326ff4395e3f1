"""Questions that a process asks: built at the desk, answered page by page, told as figures without people."""

from participation.surveys.answering import send_answers
from participation.surveys.building import Asking, add_question

__all__ = ["Asking", "add_question", "send_answers"]
