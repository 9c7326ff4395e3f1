"""Which words can be named as a voice. Whether a person may change the thing that names them, its own package says."""

from participation.policy import N_, Actor, Verdict, require, takes_part

NO_VOICE = N_("There are no public words under this address that could be linked as a voice.")


def may_link(actor: Actor, target_id: int, source_id: int, shown: bool) -> Verdict:
    """`shown`: the words are there for everybody to read."""
    return (
        takes_part(actor)
        & require(shown, NO_VOICE)
        & require(target_id != source_id, N_("A thing cannot be the voice that it came from."))
    )


def may_unlink(actor: Actor) -> Verdict:
    return takes_part(actor)
