"""The views that a panel can have: a view names the results that it draws, and computes nothing."""

from typing import NamedTuple

__all__ = ["Curve", "Handle", "HeatMap", "Histogram", "Kernels", "Raster", "Trace", "View"]


class Trace(NamedTuple):
    """Quantities over time, with spikes as ticks above the frame and a threshold line that can be dragged.

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
    also : tuple of tuple
        ``(result, name, colour)`` of each further quantity over the same steps and the same vertical axis,
        with one of the quantity colours 1 to 6. A row above the frame says which line is which; lines differ
        in their dashes as well as in colour.
    name : str
        What `y` is called in that row; ``""`` for its label without the unit.
    until : float
        The end of what is shown in ms, to see the first part of a long run; 0 for all of it. The result keeps
        the rest.
    title : str
        The picture in words, for readers who do not see it.
    colour : int
        Which of the quantity colours 1 to 6 `y` has; 0 for the blue of traces.
    label_x : str
        What the horizontal axis shows, with its unit; a model whose steps have no length counts steps.

    Examples
    --------
    >>> Trace("v", 0.1, -72.0, -42.0, "v (mV)", line="v_th", spikes="times", until=350.0).behind
    ''
    >>> gates = Trace("m", 0.01, 0.0, 1.0, "open", name="m", also=(("h", "h", 2), ("n", "n", 4)))
    >>> [name for _, name, _ in gates.also]
    ['h', 'n']
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
    also: tuple = ()
    name: str = ""
    until: float = 0.0
    title: str = "A quantity over time"
    colour: int = 0
    label_x: str = "time (ms)"


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
        The horizontal range. The vertical one starts at 0 and grows in steps, but not while something is
        dragged.
    least : float
        How far up the vertical axis reaches at least.
    title : str
        The picture in words, for readers who do not see it.
    side : str
        ``"left"`` or ``"right"``: what lies on that side of the point is drawn, and the rest appears when one
        drags the point over it, so that a reader can guess first; ``""`` for the whole curve.

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
    least: float = 0.0
    title: str = "A curve and the point at which we are"
    side: str = ""


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


class Handle(NamedTuple):
    """A point in a picture that is dragged to move one control or two.

    A place is a number (the point stays there), the name of a control (dragging moves it), the name of a
    read-out (the point follows), or ``(name, factor)`` for a multiple of one of these.

    Attributes
    ----------
    name : str
        What the point is called, for readers who do not see it: ``"Membrane kernel"``.
    x, y : float, str or tuple
        Its place on the horizontal and on the vertical axis; at least one of them is a control.

    Examples
    --------
    A point on the curve a exp(-s / τ) where that has fallen to 1/e:

    >>> import math
    >>> Handle("Decay", "tau", ("a", math.exp(-1))).x
    'tau'
    """

    name: str
    x: float | str | tuple
    y: float | str | tuple


class Kernels(NamedTuple):
    """Named curves over one horizontal axis, with points that are dragged to shape them.

    Attributes
    ----------
    x : str
        The result with the horizontal places, shared by all curves.
    curves : tuple of tuple
        ``(result, name, colour)`` of each curve, with one of the quantity colours 1 to 6. Curves differ in
        their dashes as well as in colour.
    low_x, high_x : float
        The horizontal range.
    low_y, high_y : float
        The vertical range; both stay as they are, whatever is dragged.
    label_x, label_y : str
        What the axes show, with their units.
    handles : tuple of Handle
        The points that can be dragged, to both sides and up and down, by mouse, finger and arrow keys.
    title : str
        The picture in words, for readers who do not see it.
    side : str
        ``"left"`` or ``"right"``: what lies on that side of the first point is drawn, as in `Curve`. That
        point has a control as its place on the horizontal axis.

    Examples
    --------
    >>> epsilon = Handle("Membrane kernel", x="tau_m", y="peak")
    >>> curves = (("eta", "η", 1), ("epsilon", "ε", 2))
    >>> view = Kernels("s", curves, 0.0, 60.0, -8.0, 4.0, "s (ms)", "mV", handles=(epsilon,))
    >>> view.handles[0].x
    'tau_m'
    """

    x: str
    curves: tuple
    low_x: float
    high_x: float
    low_y: float
    high_y: float
    label_x: str
    label_y: str
    handles: tuple = ()
    title: str = "Curves and the points that shape them"
    side: str = ""


class HeatMap(NamedTuple):
    """A matrix over two axes as colours, with a bar that says what they mean and a point that is dragged.

    Attributes
    ----------
    z : str
        The result, shape (rows, columns): the first row lies at the bottom, at `low_y`. What is not a number
        has no colour.
    low_x, high_x : float
        The horizontal range: the left edge of the first column and the right edge of the last one.
    low_y, high_y : float
        The vertical range: the lower edge of the first row and the upper edge of the last one.
    label_x, label_y : str
        What the axes show, with their units.
    low, high : float
        The values at the ends of the colour scale; they stay as they are, whatever is dragged. Values beyond
        have the colour of the end.
    label : str
        What the colours show, with its unit.
    at : Handle, optional
        The point at which we are.
    title : str
        The picture in words, for readers who do not see it.

    Examples
    --------
    >>> at = Handle("Current and time constant", "current", "tau_m")
    >>> view = HeatMap("rate", 0.0, 0.5, 5.0, 50.0, "i (nA)", "τ (ms)", 0.0, 200.0, "rate (Hz)", at)
    >>> view.high
    200.0
    """

    z: str
    low_x: float
    high_x: float
    low_y: float
    high_y: float
    label_x: str
    label_y: str
    low: float
    high: float
    label: str
    at: Handle | None = None
    title: str = "A quantity over two others, as colours"


View = Trace | Raster | Curve | Histogram | Kernels | HeatMap
