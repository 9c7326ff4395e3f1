"""The kinds of words that can be a voice: where they stand and what they are called."""

from participation.policy import N_

# By the kind of the subject; `{}` is its number. Words of kinds without a table of their own are their title.
PATHS = {
    "proposal": "/proposals/{}",
    "comment": "/comments/{}",
    "feedback": "/feedback/by-id/{}",
    "voice": "/voices/{}",
    "outcome": "/backlog/outcomes/{}",
    "survey_answer": "/surveys/words/by-id/{}",
    "poster": "/posters/{}",
    "idea": "/ideas/by-id/{}",
}
LABELS = {
    "proposal": N_("Proposal"),
    "comment": N_("Comment"),
    "feedback": N_("Feedback"),
    "voice": N_("Voice on a text"),
    "outcome": N_("A release that did not help"),
    "survey_answer": N_("Survey answer"),
    "poster": N_("Concept poster"),
    "idea": N_("Idea of a workshop"),
}
NAMED = frozenset({"proposal", "comment"})  # whose author everybody sees on their own page
