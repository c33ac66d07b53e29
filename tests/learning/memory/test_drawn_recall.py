"""A drawing as symbols, one for each interval."""

from snnlab.learning.memory.drawn_recall import symbols_drawn


def test_a_drawing_is_a_symbol_in_each_interval():
    assert symbols_drawn("").tolist() == [0] * 12
    assert symbols_drawn([[(500, 100)]]).tolist() == [1] * 12
    up_and_down = symbols_drawn([[(0, 100), (490, 100)], [(510, 900), (1000, 900)]])
    assert up_and_down.tolist() == [1] * 6 + [0] * 6
    again = symbols_drawn([[(0, 100), (1000, 100)], [(340, 800), (410, 800)]])
    assert again.tolist() == [1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]


def test_a_dot_takes_its_interval_from_what_was_there():
    line = [(0, 100), (1000, 100)]
    for x in (502, 540, 582):  # at the left of the seventh interval, near its middle and at its right
        assert symbols_drawn([line, [(x, 900)]]).tolist() == [1] * 6 + [0] + [1] * 5
    corrected = symbols_drawn([[(50, 100)], [(60, 900)], [(300, 900)]])
    assert corrected.tolist() == [0] * 12
