"""How popular the proposals of the bulk data are."""
import pytest

from consortium.bench.sizes import shares


def test_shares_add_up_and_fall_with_the_square_root_of_the_rank():
    found = shares(28_000, 1_000, 500)
    assert sum(found) == 28_000
    assert found == sorted(found, reverse=True)
    assert found[0] == 454 and found[3] == 227 and found[99] == 46


def test_no_proposal_has_more_than_there_are_people():
    found = shares(900, 10, 100)
    assert sum(found) == 900 and max(found) == 100


def test_everybody_may_support_everything():
    assert shares(50, 5, 10) == [10] * 5


def test_more_than_fits_is_refused():
    with pytest.raises(ValueError, match="5 proposals with at most 10 each cannot hold 51"):
        shares(51, 5, 10)


def test_nothing_is_shared_out_as_nothing():
    assert shares(0, 3, 10) == [0, 0, 0]
