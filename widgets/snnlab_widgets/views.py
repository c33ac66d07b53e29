"""The views that a panel can have: a view names the results that it draws, and computes nothing."""

from typing import NamedTuple

__all__ = ["Curve", "Histogram", "Raster", "Trace", "View"]


class Trace(NamedTuple):
    """A quantity over time, with spikes as ticks above the frame and a threshold line that can be dragged.

    Attributes
    ----------
    y : str
        The result that is drawn, one value a step (at the end of the step).
    dt : float
        The step in ms.
    low, high : float
        The vertical range. Choose it for the drama: spikes are ticks above the frame, not part of it.
    label : str
        What the vertical axis shows, with its unit.
    line : str
        The control whose value is drawn as a line and dragged; ``""`` for none.
    spikes : str
        The result with the spike times in ms; ``""`` for none.
    on : tuple
        ``(control, start, end)``: a bar under the trace says when that input is on, in ms; ``()`` for none.
    behind : str
        A result over the same time that is drawn in grey behind the trace, a recording for example, whatever
        its step; ``""`` for none.
    behind_spikes : str
        Its spike times in ms, a row of grey ticks above the others; ``""`` for none.
    rows : tuple of str
        What the two rows of ticks are called, the upper one first; ``()`` for no names.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> Trace("v", 0.1, -72.0, -42.0, "v (mV)", line="v_th", spikes="times").behind
    ''
    """

    y: str
    dt: float
    low: float
    high: float
    label: str
    line: str = ""
    spikes: str = ""
    on: tuple = ()
    behind: str = ""
    behind_spikes: str = ""
    rows: tuple = ()
    title: str = "A quantity over time"


class Raster(NamedTuple):
    """Spikes of many units or trials as vertical ticks, one row each, labelled from 1.

    Attributes
    ----------
    times, units : str
        The results with the spike times (ms) and the row of each spike, counted from 0.
    rows : int or str
        How many rows there are: a number, or the name of a control.
    duration : float
        The end of the time axis in ms.
    label : str
        What a row is: ``"trial"``, ``"neuron"``.
    strip : str
        The result with the population rate in equal bins, drawn under the raster; ``""`` for none.
    strip_label : str
        What the strip shows, with its unit.
    expected : str
        The control whose value the strip should scatter around, drawn as a line; ``""`` for none.
    focus : int
        The row (from 1) that another view shows, highlighted; 0 for none.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> Raster("times", "units", rows=20, duration=1000.0, label="trial").label
    'trial'
    """

    times: str
    units: str
    rows: int | str
    duration: float
    label: str = "neuron"
    strip: str = ""
    strip_label: str = "rate (Hz)"
    expected: str = ""
    focus: int = 0
    title: str = "Spikes, one row each"


class Curve(NamedTuple):
    """A curve with the point at which we are; the point is dragged along the horizontal axis.

    Attributes
    ----------
    x, y : str
        The results with the curve's points.
    at : str
        The control on the horizontal axis, moved by dragging the point.
    value : str
        The read-out on the vertical axis.
    label_x, label_y : str
        What the axes show, with their units.
    low, high : float
        The horizontal range. The vertical one starts at 0 and grows in steps of 1, 2 and 5.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> Curve("i", "rate", "current", "rate", "current (nA)", "rate (Hz)", 0.0, 0.5).high
    0.5
    """

    x: str
    y: str
    at: str
    value: str
    label_x: str
    label_y: str
    low: float
    high: float
    title: str = "A curve and the point at which we are"


class Histogram(NamedTuple):
    """Counts in bins of equal width, and over them the counts that a theory expects.

    Attributes
    ----------
    counts : str
        The result with the count of each bin.
    low, high : float
        Where the first bin begins and the last one ends. The vertical range starts at 0 and grows in steps.
    label_x, label_y : str
        What the axes show, with their units.
    law : str
        The result with the expected count of each bin, drawn as a line through the middles of the bins;
        ``""`` for none.
    colour : int
        Which of the quantity colours 1 to 6 the law has.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> Histogram("counts", 0.0, 200.0, "interval (ms)", "intervals", law="law").law
    'law'
    """

    counts: str
    low: float
    high: float
    label_x: str
    label_y: str
    law: str = ""
    colour: int = 5
    title: str = "How often each value occurs"


View = Trace | Raster | Curve | Histogram
