"""What chapter 10 says of the small digits beyond its table."""

from snnlab.course import load_table
from snnlab.data import load_digits


def test_a_linear_classifier_of_all_digits_at_once_is_above_the_spiking_network():
    """Chapter 10: on the small digits; its table's linear classifier is one digit against all others."""
    from sklearn.linear_model import LogisticRegression

    digits, runs = load_digits(), load_table("digits_both_ways")
    x, x_test = (images.reshape(-1, 64) / digits.white for images in (digits.x_train, digits.x_test))
    right = LogisticRegression(max_iter=500).fit(x, digits.y_train).score(x_test, digits.y_test)
    assert right > runs["accuracy"][runs["kind"] == "spiking"].mean()
    assert right > runs["accuracy"][runs["kind"] == "linear"].max()
