"""The goals of chapter 25, on filters by hand, on the window that falls out of a likelihood, and on neurons
that nobody sees.

The numbers in the questions and hints are computed from the panels, but for what is asked.
"""

import numpy as np

from snnlab.probability.filters_by_hand import BUMPS
from snnlab.probability.waking_neurons import LONGEST, MOST
from snnlab_widgets.chapters.chapter25.filters_by_hand import filters_by_hand_panel, measured
from snnlab_widgets.chapters.chapter25.stdp_from_likelihood import WIDEST, stdp_from_likelihood_panel
from snnlab_widgets.chapters.chapter25.waking_neuron import waking_neuron_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["filters_by_hand_score", "stdp_from_likelihood_depressed", "waking_neuron_woken"]

LONG, LEAST, ASKED = 5.0, 3.0, -1.0  # ms refractory at first and in the end; nats per unit, all early changes
STRONG, GOOD = 0.4, -0.3  # of the prior at first; nats a trial


def filters_by_hand_score(engine: str = "browser") -> Panel:
    """A target: nearly as many bits per spike as Newton's method, by three numbers.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `filters_by_hand_panel`.

    Examples
    --------
    >>> panel = filters_by_hand_score(engine="kernel")
    >>> panel.place, panel.height, panel.recovery = 7.0, 2.5, 2.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = filters_by_hand_panel(engine="kernel")
    best = start.result.best
    wanted = round(best, 1) - 0.2
    start.height = 0.0
    alone = []
    for recovery in np.arange(1.0, 4.0, 0.5):
        start.recovery = recovery
        alone.append(start.result.bits)
    shortest = int(np.diff(np.flatnonzero(measured().y)).min())
    goal = Target(
        name="filters-by-hand-score",
        question=(
            f"With its own filters Newton's method reaches {fixed(best, 2)} bits per spike. Bring yours to "
            f"{fixed(wanted, 1)} or more, by place, height and recovery."
        ),
        reach={"bits": (wanted - 0.005, None)},
        only=("place", "height", "recovery"),
        misses=(
            Miss(
                "loud forbids",
                {"height": (None, -0.05)},
                "With a height of {height} a loud sound makes a spike less likely: {bits} bits per spike. "
                "What does this cell do when it gets loud?",
            ),
            Miss(
                "deaf",
                {"height": (-0.05, 0.05)},
                "Your neuron hears nothing: its height is 0. With the best recovery its own spikes alone are "
                f"worth {fixed(max(alone), 2)} bits per spike. The rest is in the sound.",
            ),
            Miss(
                "no pit",
                {"recovery": (None, 1.0)},
                "A recovery of {recovery} ms lets the next spike come too soon: {bits} bits per spike. The "
                f"shortest interval of this cell has {shortest} ms.",
            ),
            Miss(
                "too tired",
                {"recovery": (3.5, None)},
                "With a recovery of {recovery} ms spikes that came are as good as forbidden, and each costs "
                "dearly: {bits} bits per spike.",
            ),
            Miss(
                "too early",
                {"place": (9.0, None)},
                "You look {place} ms back: {bits} bits per spike. By then this cell has long fired.",
            ),
            Miss(
                "too late",
                {"place": (None, 5.0)},
                "A sound has to reach the ear, move a membrane and travel along a nerve; {place} ms is too "
                "short for that: {bits} bits per spike.",
            ),
        ),
        otherwise="{bits} bits per spike. Move one number at a time, each to where the score is highest.",
        next_step=(
            "{bits} bits per spike with a peak of {height}, {place} ms ago, and a recovery of {recovery} ms. "
            f"Newton has {{best}}, from {sum(BUMPS)} weights in place of your three numbers. On the five "
            "seconds that followed you get {later}. Show its filters: what do they have that yours lack?"
        ),
    )
    return filters_by_hand_panel(goal=goal, engine=engine)


def stdp_from_likelihood_depressed(engine: str = "browser") -> Panel:
    """A target: a window that looks like the classical one, with a neuron that is refractory.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `stdp_from_likelihood_panel`.

    Examples
    --------
    >>> panel = stdp_from_likelihood_depressed(engine="kernel")
    >>> panel.refractory, panel.after = 3, 1.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = stdp_from_likelihood_panel(engine="kernel", delta=-WIDEST, refractory=LONG)
    goal = Target(
        name="stdp-from-likelihood-depressed",
        question=(
            f"The neuron is refractory for {fixed(LONG, 0)} ms, and where the postsynaptic spike comes first "
            f"the changes add up to {fixed(start.result.early_half, 2)}. Make the window look like the "
            f"classical one, with depression alone there, {fixed(ASKED, 0)} or less in all, and leave the "
            f"neuron refractory for {fixed(LEAST, 0)} ms or more."
        ),
        reach={"sign": (2, 2), "early_half": (None, ASKED), "refractory": (LEAST, None)},
        only=("refractory", "after"),
        misses=(
            Miss(
                "not moved",
                {"refractory": (LONG, LONG), "after": (0.0, 0.0)},
                "{early_half}: a neuron that is held back expects fewer spikes while the synapse is heard, "
                "so silence costs it less, and the gradient is pulled down less. What would do the opposite?",
            ),
            Miss(
                "shorter",
                {"refractory": (None, LONG), "after": (0.0, 0.0)},
                "{early_half}: with less refractoriness it comes closer to 0, and never below.",
            ),
            Miss(
                "longer",
                {"refractory": (LONG, None), "after": (0.0, 0.0)},
                "{early_half}: being refractory for longer adds to the potentiation.",
            ),
            Miss(
                "held back",
                {"after": (None, -1e-6)},
                "{early_half}: a hyperpolarising after-potential holds the neuron back, too, as "
                "refractoriness does. What is expected less is potentiation.",
            ),
            Miss(
                "both",
                {"sign": (3, 3), "early_half": (None, ASKED)},
                "{early_half} in all, and still there is potentiation for pairs that nearly coincide: there "
                "the synapse is heard while the neuron is refractory.",
            ),
            Miss(
                "hardly refractory",
                {"sign": (2, 2), "refractory": (None, LEAST - 1e-6)},
                "Depression alone, {early_half}, but the neuron is refractory for {refractory} ms only.",
            ),
        ),
        otherwise=(
            "{early_half} in all: there is {sign}, and an after-potential of {after} is too low for what is "
            "asked."
        ),
        next_step=(
            "{early_half} in all: of what a spike leaves behind only a depolarising after-potential gives "
            "depression. Nothing in the likelihood asks for it by itself."
        ),
    )
    return stdp_from_likelihood_panel(goal=goal, engine=engine, delta=-WIDEST, refractory=LONG)


def waking_neuron_woken(engine: str = "browser") -> Panel:
    """A target: hidden neurons that find out what the output needs, by the strength of their prior.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `waking_neuron_panel`.

    Examples
    --------
    >>> panel = waking_neuron_woken(engine="kernel")
    >>> panel.strength = 0.05
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    trials, n_hidden = float(LONGEST), float(MOST)
    asleep = waking_neuron_panel(engine="kernel", trials=trials, n_hidden=n_hidden, strength=STRONG).result
    goal = Target(
        name="waking-neuron-woken",
        question=(
            f"Four hidden neurons have learnt for {LONGEST:,} trials, held to a sparse code with c = "
            f"{fixed(STRONG, 2)}, and are asleep: the log-likelihood is {fixed(asleep.likelihood, 2)} nats a "
            f"trial. Bring it to {fixed(GOOD, 1)} or more, by the sparsity prior alone."
        ),
        reach={"likelihood": (GOOD, None), "right": (4, 4)},
        only=("strength",),
        misses=(
            Miss(
                "not moved",
                {"strength": (STRONG, STRONG)},
                "They fire in {busy} % of the bins, much alike whatever the lines bring: with this c each "
                "deviation from the prior's coins costs more than it earns.",
            ),
            Miss(
                "stronger",
                {"strength": (STRONG, None)},
                "With c = {strength} they are held even more tightly to coins that know nothing of "
                "the lines.",
            ),
            Miss(
                "none",
                {"strength": (0.0, 0.0)},
                "Without a prior they fire in {busy} % of the bins: they have made up their minds, it seems.",
            ),
        ),
        otherwise=(
            "With c = {strength} the log-likelihood is {likelihood} nats, and {right} of 4 answers are "
            "right. How much may it cost to be sure of something?"
        ),
        next_step=(
            "{likelihood} nats a trial, and nobody told a hidden neuron what to fire: all heard one number, "
            "how probable the output's spikes were. This is one run; try other seeds."
        ),
    )
    return waking_neuron_panel(goal=goal, engine=engine, trials=trials, n_hidden=n_hidden, strength=STRONG)
