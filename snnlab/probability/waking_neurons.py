r"""Hidden neurons that wake up: the exclusive or in time, as one watches it being learnt.

The task is that of `snnlab.probability.hidden_xor`, and what learns is a network of one output and up to four
hidden neurons, by the rule of `snnlab.probability.variational_rule`, trial after trial, with steps in each
bin. Now and then learning rests, and each of the four cases is drawn many times with the output held at the
right answer. With $\lambda$ the log-likelihood of the output's spikes after one draw of the hidden ones,

$$ \text{ELBO} = \langle \lambda \rangle \le \ln \langle e^{\lambda} \rangle \approx \ln p(x) $$

both a mean over the same draws and the four cases: the bound on which the network climbs, and the likelihood
itself. No output alone comes above $-\ln 2$, as `snnlab.probability.hidden_xor` proves.

A hidden neuron *wakes up* when it fires otherwise in one case than in another: it has found something out.
Few neurons need larger steps and a weaker prior than the eight of `learn_hidden_xor`: with its numbers one
hidden neuron hardly ever wakes up. The defaults here were chosen on seeds 1 to 20, where it did in all; on
ten others it did in seven, and four hidden neurons gave four right answers in all ten.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import checked, whole
from snnlab.compiling import kernel
from snnlab.probability.bases import raised_cosines
from snnlab.probability.hidden_likelihood import SparsityPrior, checked_prior
from snnlab.probability.hidden_network import HiddenNetwork, Room, run_trial
from snnlab.probability.hidden_xor import ANSWER, BINS, FIRST, PRIOR, RULE, SECOND
from snnlab.probability.variational_rule import Memory, VariationalRule, learn_trial
from snnlab.random import normal, seed_from, uniform
from snnlab.records import blank, read

__all__ = ["WakingNeurons", "waking_neurons"]

MOST = 4  # hidden neurons
WAKING_RULE, WAKING_PRIOR = RULE._replace(eta_hidden=6.0), PRIOR._replace(strength=0.03)
EVERY, LONGEST = 250, 10_000  # trials
POINTS = LONGEST // EVERY + 1
CASES, DRAWS, SHOWN = 4, 100, 6  # of each case when learning rests, and of each in the picture
BASIS, OWN = raised_cosines(4, first=0, last=5), np.ones((1, 1))
COLUMNS = 1 + (2 + 1 + MOST) * BASIS.shape[1] + OWN.shape[1]
AWAKE = 0.5  # by how much a probability has to differ between two cases
_WEIGHTS, _CASES = np.uint64(2**62), np.uint64(2**62 + MOST + 1)  # streams that no neuron draws from
_RESTS = np.uint64(2**40)  # added to the seed, so that no coin falls twice


class WakingNeurons(NamedTuple):
    """What the network has learnt so far, and what it fires now.

    Examples
    --------
    >>> seen = waking_neurons(0, 2, rng=np.random.default_rng(1))
    >>> bool(seen.bound < seen.likelihood < 0), seen.elbo.shape
    (True, (41,))
    """

    elbo: np.ndarray
    """The evidence lower bound before the first trial and after every 250, nats a trial, on average over the
    four cases; NaN beyond the last."""
    log_likelihood: np.ndarray
    """The log-likelihood at the same times; NaN at later ones."""
    aa: np.ndarray
    """The probability that the output fires in the bin of the answer after A and A, at the same times;
    NaN later."""
    ab: np.ndarray
    """The same after A and B, where it should; NaN later."""
    ba: np.ndarray
    """The same after B and A, where it should; NaN later."""
    bb: np.ndarray
    """The same after B and B; NaN later."""
    times: Annotated[np.ndarray, "n"]
    """When somebody fires while the network runs free, bins: seven of each case, from A and A to B and B."""
    rows: Annotated[np.ndarray, "n"]
    """Who: six draws of the output, then six of each hidden neuron."""
    n: int
    """How many spikes these are."""
    likelihood: float
    """The log-likelihood now, nats a trial."""
    bound: float
    """The evidence lower bound now."""
    right: int
    """In how many of the four cases the right answer is the likelier one."""
    awake: int
    """How many hidden neurons fire otherwise in one case than in another between the second line and the
    answer: in some bin, with a probability that differs by more than a half."""
    busy: float
    """In how many of all bins a hidden neuron fires, %; NaN if there is none."""


class WakingLearner(NamedTuple):
    """A network that learns; where it is kept, learning can go on."""

    w: np.ndarray  # (5, COLUMNS)
    signal_squares: np.ndarray  # likewise, of the baseline
    squares: np.ndarray
    told: np.ndarray  # (POINTS, 2 + 4): bound, likelihood, answers
    fired: np.ndarray  # (5, CASES * BINS): the share of the draws in which each neuron fires, now
    memory: np.ndarray  # whether there is anything, hidden neurons, rate, strength, trials
    drawn_from: np.ndarray  # the seed


class WakingRoom(NamedTuple):
    """Room for one trial."""

    heard: np.ndarray
    own: np.ndarray
    log_p: np.ndarray
    surprise: np.ndarray
    s: np.ndarray  # (BINS, sources)
    e: np.ndarray  # eligibilities
    score: np.ndarray


def waking_neurons(
    trials: int,
    n_hidden: int,
    rule: VariationalRule = WAKING_RULE,
    prior: SparsityPrior = WAKING_PRIOR,
    *,
    rng: np.random.Generator | np.uint64,
) -> WakingNeurons:
    """Let a network learn the exclusive or in time.

    Parameters
    ----------
    trials : int
        How many trials are learnt, a multiple of 250, up to 10,000.
    n_hidden : int
        Hidden neurons, 4 at most.
    rule, prior
        As in `learn_hidden`.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> alone = waking_neurons(2500, 0, rng=np.random.default_rng(1))
    >>> bool(alone.likelihood <= -np.log(2)), alone.awake
    (True, 0)
    """
    trials, n_hidden = whole("trials", trials), whole("n_hidden", n_hidden)
    if trials > LONGEST or trials % EVERY:
        raise ValueError(f"trials must be a multiple of {EVERY} up to {LONGEST}, got {trials}")
    if n_hidden > MOST:
        raise ValueError(f"n_hidden must be at most {MOST}, got {n_hidden}")
    rule, prior = checked("rule", rule, VariationalRule), checked_prior(prior)
    seen = recorded()
    how = float(trials), float(n_hidden), rule, prior, seed_from(rng)
    run_waking(seen, blank_learner(), blank_room(), *given(), *how)
    return read(seen)


def recorded() -> WakingNeurons:
    """A blank record."""
    courses = dict.fromkeys(("elbo", "log_likelihood", "aa", "ab", "ba", "bb"), POINTS)
    spikes = CASES * BINS * SHOWN * (MOST + 1)
    return blank(WakingNeurons, **courses, times=spikes, rows=np.zeros(spikes, np.int32))


def blank_learner() -> WakingLearner:
    """One that knows nothing yet."""
    w, signal_squares, squares = np.zeros((3, MOST + 1, COLUMNS))
    told, fired = np.zeros((POINTS, 2 + CASES)), np.zeros((MOST + 1, CASES * BINS))
    return WakingLearner(w, signal_squares, squares, told, fired, np.zeros(5), np.zeros(1, np.uint64))


def blank_room() -> WakingRoom:
    """Room for one trial of the largest network."""
    sources, each = 3 + MOST, BASIS.shape[1]
    return WakingRoom(
        np.zeros((BINS, sources, each)),
        np.zeros((BINS, MOST + 1, OWN.shape[1])),
        np.zeros((BINS, MOST + 1)),
        np.zeros((BINS, MOST + 1)),
        np.zeros((BINS, sources)),
        np.zeros((MOST + 1, COLUMNS)),
        np.zeros((MOST + 1, COLUMNS)),
    )


def given() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who reaches whom in the largest network, all but a neuron itself, and the two bases."""
    joined = np.ones((MOST + 1, 3 + MOST))
    joined[np.arange(MOST + 1), 2 + np.arange(MOST + 1)] = 0.0
    return joined, BASIS, OWN


@kernel
def begin(learner, net, n_hidden, rule, prior, seed):
    """Normally distributed weights, and no baseline; the output begins nearly silent, with small weights."""
    learner.w[:], learner.signal_squares[:], learner.squares[:] = 0.0, 0.0, 0.0
    each, sources = net.synaptic_basis.shape[1], net.joined.shape[1]
    for i in range(net.joined.shape[0]):
        learner.w[i, 0] = -1.0 if i > 0 else -3.0
        for k in range(1, 1 + sources * each + net.own_basis.shape[1]):
            j = (k - 1) // each
            if j >= sources or net.joined[i, j]:
                drawn = normal(seed, _WEIGHTS + np.uint64(i), np.uint64(k))
                learner.w[i, k] = drawn if i > 0 else 0.1 * drawn
    memory = learner.memory
    memory[0], memory[1], memory[2], memory[3] = 1.0, n_hidden, rule.eta_hidden, prior.strength
    memory[4] = -1.0
    learner.drawn_from[0] = seed


@kernel
def show(s, case, answered):
    """One of the cases AA, AB, BA and BB; the answer is given or left to the output."""
    s[:] = 0.0
    s[FIRST, case // 2] = 1.0
    s[SECOND, case % 2] = 1.0
    if answered and case // 2 != case % 2:
        s[ANSWER, 2] = 1.0


@kernel
def rest(learner, net, room, s, number, seed):
    """Draw every case many times, with the output held at the right answer."""
    mean, learner.fired[:] = 0.0, 0.0
    told = learner.told[number]
    told[:] = 0.0
    for case in range(CASES):
        likelihood = 0.0
        for draw in range(DRAWS):
            show(s, case, True)
            run_trial(net, s, 3, seed, case * DRAWS + draw, room)
            seen = 0.0
            for t in range(BINS):
                seen += room.log_p[t, 0]
                for i in range(net.joined.shape[0]):
                    learner.fired[i, case * BINS + t] += s[t, 2 + i] / DRAWS
            mean += seen / (CASES * DRAWS)
            likelihood += math.exp(seen) / DRAWS
            p = math.exp(room.log_p[ANSWER, 0])
            told[2 + case] += (p if s[ANSWER, 2] > 0.0 else 1.0 - p) / DRAWS
        told[1] += math.log(likelihood) / CASES
    told[0] = mean


@kernel
def run_free(seen, net, room, s, seed):
    """What all neurons fire in a few trials of each case if nobody gives the answer."""
    n = 0
    for case in range(CASES):
        for draw in range(SHOWN):
            show(s, case, False)
            run_trial(net, s, 2, seed, CASES * DRAWS + case * SHOWN + draw, room)
            for t in range(BINS):
                for i in range(net.joined.shape[0]):
                    if s[t, 2 + i] > 0.0:
                        seen.times[n], seen.rows[n] = case * BINS + t + 0.5, i * SHOWN + draw
                        n += 1
    seen.n[0] = n


@kernel
def tell(seen, learner, last, hidden):
    """The courses up to now, and what the draws of the last rest say."""
    for k in range(seen.elbo.size):
        there = k <= last
        seen.elbo[k] = learner.told[k, 0] if there else math.nan
        seen.log_likelihood[k] = learner.told[k, 1] if there else math.nan
        seen.aa[k] = learner.told[k, 2] if there else math.nan
        seen.ab[k] = learner.told[k, 3] if there else math.nan
        seen.ba[k] = learner.told[k, 4] if there else math.nan
        seen.bb[k] = learner.told[k, 5] if there else math.nan
    seen.bound[0], seen.likelihood[0] = seen.elbo[last], seen.log_likelihood[last]
    for case in range(CASES):
        fires = learner.told[last, 2 + case] > 0.5
        seen.right[0] += 1.0 if fires == (case // 2 != case % 2) else 0.0
    total = 0.0
    for i in range(1, hidden + 1):
        apart = 0.0
        for t in range(BINS):
            least, most = 1.0, 0.0
            for case in range(CASES):
                share = learner.fired[i, case * BINS + t]
                total += share
                least, most = min(least, share), max(most, share)
            if SECOND < t < ANSWER:
                apart = max(apart, most - least)
        seen.awake[0] += apart > AWAKE
    seen.busy[0] = 100.0 * total / (hidden * CASES * BINS) if hidden > 0 else math.nan


@kernel
def run_waking(seen, learner, room, joined, basis, own_basis, trials, n_hidden, rule, prior, seed):
    """The network after so many trials; it goes on from where it was if nothing else has changed.

    Of `rule` and `prior` nobody looks at more than the rate of hidden neurons and the strength.
    """
    n, memory = 1 + int(n_hidden), learner.memory
    net = HiddenNetwork(learner.w, joined[:n, : 2 + n], basis, own_basis, 1)
    walk = Room(room.heard, room.own, room.log_p, room.surprise)
    kept = Memory(room.e, learner.signal_squares, learner.squares, room.score)
    same = memory[1] == n_hidden and memory[2] == rule.eta_hidden and memory[3] == prior.strength
    if not (memory[0] > 0.0 and learner.drawn_from[0] == seed and same and memory[4] <= trials):
        begin(learner, net, n_hidden, rule, prior, seed)
    for number in range(int(memory[4]) + 1, int(trials) + 1):
        if number > 0:
            case = int(4.0 * uniform(seed, _CASES, np.uint64(number - 1)))
            show(room.s, case, True)
            learn_trial(net, room.s, rule, prior, kept, seed, number - 1, walk)
        if number % EVERY == 0:
            rest(learner, net, walk, room.s, number // EVERY, seed + _RESTS)
        memory[4] = number
    run_free(seen, net, walk, room.s, seed + _RESTS)
    tell(seen, learner, int(memory[4]) // EVERY, n - 1)
