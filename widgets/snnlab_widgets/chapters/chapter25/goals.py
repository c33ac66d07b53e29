"""The goals of chapter 25, on the window that falls out of a likelihood, and on neurons that nobody sees.

The numbers in the questions and hints are computed from the panels, but for what is asked.
"""

from snnlab.probability.waking_neurons import LONGEST, MOST
from snnlab_widgets.chapters.chapter25.stdp_from_likelihood import WIDEST, stdp_from_likelihood_panel
from snnlab_widgets.chapters.chapter25.waking_neuron import waking_neuron_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["stdp_from_likelihood_depressed", "waking_neuron_woken"]

LONG, LEAST, ASKED = 5.0, 3.0, -1.0  # ms refractory at first and in the end; nats per unit, all early changes
STRONG, GOOD = 0.4, -0.3  # of the prior at first; nats a trial


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
            f"Four hidden neurons have learnt for {LONGEST:,} trials, held to a sparse code with γ = "
            f"{fixed(STRONG, 2)}, and are asleep: the log-likelihood is {fixed(asleep.likelihood, 2)} nats a "
            f"trial. Bring it to {fixed(GOOD, 1)} or more, by the sparsity prior alone."
        ),
        reach={"likelihood": (GOOD, None), "right": (4, 4)},
        only=("strength",),
        misses=(
            Miss(
                "not moved",
                {"strength": (STRONG, STRONG)},
                "They fire in {busy} % of the bins, much alike whatever the lines bring: with this γ each "
                "deviation from the prior's coins costs more than it earns.",
            ),
            Miss(
                "stronger",
                {"strength": (STRONG, None)},
                "With γ = {strength} they are held even more tightly to coins that know nothing of "
                "the lines.",
            ),
            Miss(
                "none",
                {"strength": (0.0, 0.0)},
                "Without a prior they fire in {busy} % of the bins: they have made up their minds. A coin "
                "that falls the same way each time tries nothing out, and learns no more.",
            ),
        ),
        otherwise=(
            "With γ = {strength} the log-likelihood is {likelihood} nats, and {right} of 4 answers are "
            "right. How much may it cost to be sure of something?"
        ),
        next_step=(
            "{likelihood} nats a trial, and nobody told a hidden neuron what to fire: all heard one number, "
            "how probable the output's spikes were. This is one run; try other seeds."
        ),
    )
    return waking_neuron_panel(goal=goal, engine=engine, trials=trials, n_hidden=n_hidden, strength=STRONG)
