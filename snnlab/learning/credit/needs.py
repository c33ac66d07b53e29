"""What each theory of credit asks for that a brain may not have.

Backpropagation asks for three things of which no synapse is known that has them: the weights of the way down
are those of the way up; errors have neurons or a way of their own, beside activities; and the past is kept
until the errors come. Each theory gives up some of them and pays with something else, which stands here, too.
A way for errors, beside that of activities, that is fixed and random or that learns asks for no *transposed*
weights.
"""

from collections.abc import Mapping

__all__ = ["NEEDS", "NEEDS_IN_TIME"]

NEEDS: Mapping[str, str] = {
    "backpropagation": "the transposed weights; a way for errors; activities kept until they come",
    "decayed": "the transposed weights; a way for errors; activities kept until they come",
    "readout": "nothing, since hidden layers do not learn",
    "none": "nothing, since there are no hidden layers",
    "predictive": "the transposed weights; a neuron of error for each; rest before anything is learnt",
    "nudged": "the transposed weights; a neuron of error for each; rest; an output that gives way",
    "contrastive": "the transposed weights; two phases at rest; a rate for each layer",
    "equilibrium": "the transposed weights; two phases at rest; a rate for each layer",
    "dendritic": "the transposed weights; interneurons that guess right; a rate for each layer",
    "feedback": "a way for errors; activities kept until they come",
    "anew": "a way for errors; activities kept until they come",
    "direct": "a way for errors from the output to each layer; activities kept until they come",
    "mirror": "a way for errors; activities kept until they come; a phase of noise before each step",
    "kolen_pollack": "a way for errors, with the same change at both ends; activities kept until they come",
    "target": "a way for targets; activities kept until they come; a phase of noise in which inverses learn",
}
"""Of networks without time, by the names in the table ``credit_digits``."""

NEEDS_IN_TIME: Mapping[str, str] = {
    "backpropagation": "the transposed weights; the past of all neurons, run through backwards",
    "symmetric": "a trace at each synapse; the transposed weights of the readout",
    "random": "a trace at each synapse; a way from the errors of the readout to each neuron",
    "adaptive": "a trace at each synapse; the same way, with the same change at both of its ends",
    "fast": "a trace as short as a potential at each synapse; the transposed weights of the readout",
    "readout": "nothing, since hidden neurons do not learn",
}
"""Of networks that remember, by the names in the table ``eprop_recall``."""
