"""Meetings of a group, a council or a process: agenda, papers, who comes, minutes, decisions, what is to be done."""
