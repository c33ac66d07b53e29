"""What codes cost: a figure of their errors against the spikes that they take."""

from collections.abc import Sequence
from itertools import cycle
from typing import Annotated, Any

from snnlab.checks import non_negative
from snnlab.coding.codes.code_costs import CodeCost
from snnlab.plots.picture import PALETTE, Picture, figure
from snnlab.plots.rules import Of, drawn, many, text

__all__ = ["costs_of_codes"]

_LOOKS = tuple(zip((*PALETTE, "0.25"), ("-", "--", "-.", ":", (0, (5, 1)), "-"), "osD^vX", strict=True))


def _settings(name: str, value: Any) -> list[list[CodeCost]]:
    """`value` as lists of costs."""
    cost = Of(CodeCost, code=text, spikes_per_second=non_negative, error=non_negative)
    return [
        [cost(f"{name}[{k}][{c}]", one) for c, one in enumerate(many(f"{name}[{k}]", setting))]
        for k, setting in enumerate(many(name, value))
    ]


@drawn
def costs_of_codes(compared: Annotated[Sequence[Sequence[CodeCost]], _settings]) -> Picture:
    """How wrong each code is, against the spikes that it takes, both axes logarithmic.

    Parameters
    ----------
    compared
        What `snnlab.coding.compare_codes` returns, once for each setting.

    Raises
    ------
    ValueError
        If nothing is compared.

    Examples
    --------
    >>> import numpy as np
    >>> from snnlab.coding import compare_codes
    >>> signal, rng = np.sin(np.arange(400) / 20), np.random.default_rng(1)
    >>> picture = costs_of_codes([compare_codes(signal, 1.0, w, w / 100, rng=rng) for w in (10.0, 20.0)])
    >>> print(picture.alt.splitlines()[2])
    latency: error 0.14 with 50 spikes/s, 0.06 with 100 spikes/s.
    """
    by_code: dict[str, list[CodeCost]] = {}
    for setting in compared:
        for cost in setting:
            by_code.setdefault(cost.code, []).append(cost)
    if not by_code:
        raise ValueError("compared must hold one setting at least, got none")
    fig, (ax,) = figure(3.6, [1.0])
    said = ["Error of reconstruction against spikes per second, one line a code."]
    for (code, points), (colour, dash, mark) in zip(by_code.items(), cycle(_LOOKS), strict=False):
        points = sorted(points, key=lambda cost: cost.spikes_per_second)
        x, y = [cost.spikes_per_second for cost in points], [cost.error for cost in points]
        ax.plot(x, y, color=colour, ls=dash, marker=mark, ms=5, lw=1.6, label=code)
        said.append(
            f"{code}: error {y[0]:.2f} with {x[0]:.0f} spikes/s"
            + (f", {y[-1]:.2f} with {x[-1]:.0f} spikes/s." if len(points) > 1 else ".")
        )
    ax.axhline(1.0, color="0.45", lw=1.0, ls=":", label="the mean alone")
    said.append("Whoever says the mean alone has the error 1.")
    ax.set(xscale="log", yscale="log", xlabel="spikes per second", ylabel="error (standard deviations)")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    ax.minorticks_off()
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.02, 0.5))
    return Picture(fig, "\n".join(said))
