"""Exercise 7.4, the inverse problem: from the peak of a cross-correlogram to the shared spikes."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["SHARED"]

_RATE, _BIN, _PEAK = 0.025, 2.0, 4.0  # per ms, ms, times chance
_RIGHT = 100 * (_PEAK - 1) * _RATE * _BIN

SHARED = Number(
    id="7.4",
    title="What they have in common",
    statement=(
        "Two neurons fire at 25 Hz each. In their cross-correlogram, with bins of 2 ms, the bin at lag 0 "
        "holds four times as many pairs as chance would give, and every other bin as many as chance. Which "
        "share of its spikes does each neuron have in common with the other, in per cent?"
    ),
    stub="share = ...  # %",
    variable="share",
    labels=("Shared spikes",),
    unit="%",
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "About every seventh spike is a common one. At 5 Hz the same peak would stand for a share of 3 %: in "
        "quiet neurons chance makes so few pairs that very little synchrony makes a large peak."
    ),
    mistakes=(
        Mistake(
            "chance forgotten",
            100 * _PEAK * _RATE * _BIN,
            "Chance itself makes one of the four. Only three times chance is more than chance.",
        ),
        Mistake(
            "bin forgotten",
            100 * (_PEAK - 1) * _RATE,
            "Where is the width of the bin? A bin of 2 ms catches twice as many pairs of chance as one of 1 "
            "ms.",
        ),
        Mistake(
            "divided by the bin",
            100 * (_PEAK - 1) * _RATE / _BIN,
            "You divided by the width of the bin. r times the width is how many spikes of the other neuron "
            "chance puts into it.",
        ),
        Mistake(
            "of the pairs",
            100 * (_PEAK - 1) / _PEAK,
            "{answer} % of the pairs in that bin are not chance. But few spikes are in a pair at all.",
        ),
        Mistake(
            "one chance",
            100 * _RATE * _BIN,
            "{answer} % of the spikes have a partner in this bin by chance. How many more do have one?",
        ),
        Mistake(
            "share of one",
            _RIGHT / 100,
            "The share is right, but not in per cent.",
        ),
        Mistake(
            "root",
            100 * (_RIGHT / 100) ** 0.5,
            "You took a root. Each shared spike makes one pair, so the share stands as it is, not squared.",
        ),
        Mistake(
            "both rates",
            2 * _RIGHT,
            "You took both rates, or a bin on either side. Next to a spike of one neuron chance puts 25 Hz "
            "times 2 ms spikes of the other.",
        ),
        Mistake(
            "milliseconds",
            10 * _RIGHT,
            "{answer} % would be more spikes than there are: look at the factor of 1000 between Hz and ms "
            "again.",
        ),
        Mistake(
            "height alone",
            100 * (_PEAK - 1),
            "{answer} % is how far the bin stands above chance. How many spikes does chance put into it?",
        ),
    ),
)
