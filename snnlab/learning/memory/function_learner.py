r"""Learning to learn: weights that were learnt over many tasks, and then learn the next one without changing.

There are two loops. In the outer one the weights of an LSNN go down the gradient of

$$ L = \frac{1}{M} \sum (y - f(x_k))^2 $$

over the answers at the end of all questions, in each step of Adam on tasks that are new. In the inner loop,
within a task, no weight changes: the network is shown example after example, and what it knows of the
function can only be in its state, in potentials, spikes that go round, and thresholds. That it learns within
a task is seen from its error by example, on tasks that no training has seen.

Two controls. Where the values that are shown are those of other tasks
(`snnlab.learning.memory.sine_tasks.with_values_of_others`), there is nothing to learn. And without adaptation
the same network has no state that lasts, but for what its spikes keep going.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31. Their tasks are small networks of two inputs,
their LSNN has 300 neurons, and it sees the value one example late.
"""

from collections.abc import Iterator

import numpy as np

from snnlab.checks import whole
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.losses import AskedValues
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_training import RecurrentTraining, falling_rate, train_recurrent
from snnlab.learning.memory.lsnn import lsnn
from snnlab.learning.memory.sine_tasks import SineTasks, TaskInputs, random_sines, sine_samples
from snnlab.learning.samples import Samples
from snnlab.random import generator

__all__ = ["error_by_example", "function_learner", "guesses", "learn_to_learn"]

_SMALLER = 0.3  # what is left of the learning rate in the second half


def function_learner(
    tau_a: float = 1200.0,
    beta_a: float = 6.8,
    *,
    n: int = 60,
    inputs: TaskInputs = TaskInputs(),
    dt: float = 5.0,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """A network that has learnt nothing yet, half of it adaptive, with one readout for its guess.

    Parameters
    ----------
    tau_a, beta_a, n, dt, rng
        As for `snnlab.learning.memory.lsnn.lsnn`; `beta_a` is 0 for LIF neurons alone.
    inputs
        Who says what is asked and shown.

    Examples
    --------
    >>> network = function_learner(rng=np.random.default_rng(1))
    >>> print(network.n_inputs, network.w_out.shape)
    32 (1, 60)
    """
    return lsnn(inputs.n_inputs, 1, tau_a, beta_a, n=n, dt=dt, rng=rng)


def learn_to_learn(
    network: RecurrentNetwork,
    steps: int = 400,
    n_tasks: int = 32,
    examples: int = 20,
    *,
    inputs: TaskInputs = TaskInputs(),
    rate: float = 0.01,
    rng: np.random.Generator,
    progress: bool = True,
) -> RecurrentTraining:
    """The outer loop: each step of Adam has new tasks.

    Parameters
    ----------
    network
        Where to start.
    steps : int
        Of Adam. In the second half of them the learning rate is 0.3 of what it was.
    n_tasks, examples : int
        Tasks of a step, and examples of a task.
    inputs
        Those of the network.
    rate : float
        Of Adam, at the start.
    rng : numpy.random.Generator
        Where the tasks come from.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    RecurrentTraining
        Its `loss` is the mean squared error of all examples of a task, the first ones, too.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> learnt = learn_to_learn(function_learner(n=4, rng=rng), 4, 2, 3, rng=rng, progress=False)
    >>> learnt.loss.size
    4
    """
    rng = generator(rng)
    n_tasks, examples = whole("n_tasks", n_tasks, 1), whole("examples", examples, 1)
    network = check_recurrent(network)
    return train_recurrent(
        network,
        _batches(n_tasks, examples, inputs, network.dt, rng),
        steps,
        adam=Adam(rate=rate),
        schedule=falling_rate(rate, _SMALLER, max(1, (steps + 1) // 2)),
        progress=progress,
    )


def _batches(
    n_tasks: int, examples: int, inputs: TaskInputs, dt: float, rng: np.random.Generator
) -> Iterator[tuple[Samples, AskedValues]]:
    """New tasks without end."""
    while True:
        yield sine_samples(random_sines(n_tasks, examples, rng=rng), inputs, dt)


def guesses(network: RecurrentNetwork, tasks: SineTasks, *, inputs: TaskInputs = TaskInputs()) -> np.ndarray:
    """The inner loop: what a network with frozen weights answers, example after example.

    Parameters
    ----------
    network
        It stays as it is.
    tasks
        What is asked and shown.
    inputs
        Those of the network.

    Returns
    -------
    array of shape (tasks, examples)
        The potential of the readout at the end of each question.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> guesses(function_learner(n=4, rng=rng), random_sines(3, 5, rng=rng)).shape
    (3, 5)
    """
    network = check_recurrent(network)
    samples, loss = sine_samples(tasks, inputs, network.dt)
    ends = 1 + np.flatnonzero(np.asarray(loss.asked)[0])
    return np.array([run_recurrent(network, samples, k).y[ends, 0] for k in range(samples.n_samples)])


def error_by_example(
    network: RecurrentNetwork, tasks: SineTasks, *, inputs: TaskInputs = TaskInputs()
) -> np.ndarray:
    """The mean squared error of each example, over all tasks, shape (examples,).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> error_by_example(function_learner(n=4, rng=rng), random_sines(3, 5, rng=rng)).shape
    (5,)
    """
    return np.mean((guesses(network, tasks, inputs=inputs) - tasks.wanted) ** 2, axis=0)
