"""Corporate numbers hold their check digit (National Tax Agency; Ordinance of the Ministry of Finance 70 of 2014)."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.organisations import check_digit, is_corporate_number

# Published numbers: the National Tax Agency, the Digital Agency, the Tokyo Metropolitan Government, the City of Kobe.
PUBLISHED = ["7000012050002", "8000012010038", "8000020130001", "9000020281000"]


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_numbers_are_right(number: str) -> None:
    assert is_corporate_number(number)


@given(st.text("0123456789", min_size=12, max_size=12))
def test_of_ten_first_digits_one_fits(base: str) -> None:
    assert [digit for digit in "0123456789" if is_corporate_number(digit + base)] == [str(check_digit(base))]


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 8))
def test_a_wrong_digit_is_noticed(base: str, place: int, by: int) -> None:
    """Any, but for 0 and 9 taken for one another: the sum counts by nines."""
    wrong = base[:place] + str((int(base[place]) + by) % 10) + base[place + 1:]
    same = (int(wrong[place]) - int(base[place])) * (1 + (11 - place) % 2) % 9 == 0
    assert is_corporate_number(str(check_digit(base)) + wrong) is same


@pytest.mark.parametrize("text", ["", "700001205000", "70000120500021", "７０００００１２０５０００２", "700001205000x"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not is_corporate_number(text)
