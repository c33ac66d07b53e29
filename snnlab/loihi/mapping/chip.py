r"""What has room on the chip: cores, compartments, axons and synaptic memory.

Loihi has 128 cores in 32 tiles. Each core has room for so many compartments, for so many *input axons* (one
for each compartment, here or elsewhere, that anything on the core listens to), for so many *output axons*
(one for each core that a compartment talks to), and for the weights of all synapses that end on it.

An input axon keeps its synapses in blocks of at most 64, each in whole words of 64 bits: with $n$ synapses of
$b$ bits a block takes

$$ \left\lceil \frac{n\,b + 10}{64} \right\rceil \text{ words}, \qquad b = b_w + b_d + b_i $$

for weight, delay and the number of the compartment; $b_i = 0$ where the axon reaches all compartments of the
core. A delay may be of 62 steps on every core here. The paper promises 8, and more where a core has fewer
compartments; by which rule it does not say, so that is not counted.

`place_in_order` splits each group, as its compartments are numbered, over more cores while a core is
too full, and says which limit is broken, and by how much, where nothing helps. `snnlab.loihi.place` looks for
compartments that share axons.

At least as many cores are needed as hold the compartments of a group, all its axons once, and its synapses
without the numbers of compartments: `least`, if a core holds one group only, as here.

Source: cores, compartments, axons and memory from M. Davies et al. (2018), IEEE Micro 38(1), as reported by
nengo-loihi 1.1.0, `block.py`, from which the format of a block is; 8 by 4 tiles of 4 cores as reported by
SANA-FE, `arch/loihi.yaml`. On the chip itself none of it could be checked.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.array_rules import Wholes
from snnlab.checks import whole
from snnlab.loihi.fixed_point import DELAY_MAX, WEIGHT_BITS, whole_array
from snnlab.loihi.mapping.graph import Graph, pairs

__all__ = [
    "COMPARTMENTS",
    "CORES",
    "INPUT_AXONS",
    "OUTPUT_AXONS",
    "SYNAPSE_WORDS",
    "Excess",
    "Limits",
    "Placement",
    "axon_words",
    "check_limits",
    "least_cores",
    "placement_of",
    "use_of_cores",
]

CORES = 128
COMPARTMENTS = 1024  # of a core, as all that follows
INPUT_AXONS = 4096
OUTPUT_AXONS = 4096
SYNAPSE_WORDS = 16384  # of 64 bits: 128 KB
WORD, HEADER, BLOCK = 64, 10, 64  # bits, bits, synapses
INDEX_BITS = (6, 7, 8, 9, 10, 11, 12)  # for the number of a compartment
PATIENT = 64  # turns, after which steps are large
CORES_PER_TILE, TILES_ACROSS = 4, 8


class Limits(NamedTuple):
    """What there is room for, to play with another chip.

    Examples
    --------
    >>> Limits(cores=2).compartments
    1024
    """

    cores: int = CORES
    """Cores of the chip."""
    compartments: int = COMPARTMENTS
    """Compartments of a core."""
    input_axons: int = INPUT_AXONS
    """Input axons of a core."""
    output_axons: int = OUTPUT_AXONS
    """Output axons of a core."""
    words: int = SYNAPSE_WORDS
    """Words of 64 bits of synaptic memory of a core."""


class Excess(NamedTuple):
    """A limit that is broken.

    Examples
    --------
    >>> print(Excess("input axons of a core", 5000, 4096))
    input axons of a core: 5000 needed, 4096 there, 904 too many
    """

    limit: str
    """Which."""
    needed: int
    """How many it would take."""
    allowed: int
    """How many there are."""

    def __str__(self) -> str:
        too_many = self.needed - self.allowed
        return f"{self.limit}: {self.needed} needed, {self.allowed} there, {too_many} too many"


class Placement(NamedTuple):
    """Which compartment is on which core, and how full the cores are.

    Examples
    --------
    >>> from snnlab.loihi import layered_graph, place
    >>> print(place(layered_graph([784, 100, 10])))
    2 of 128 cores, no fewer would do with one group a core
    group  compartments  cores  fullest core: compartments  input axons  output axons  memory (KB)
        0           100      1                         100          784           100         85.8
        1            10      1                          10          100             0          1.6
    cores by what they are fullest of: input axons (1), synaptic memory (1)
    tightest: synaptic memory, 67 %
    """

    core_of: Annotated[np.ndarray, Wholes("(compartments,)")]
    """The core of each compartment, from 0."""
    group_of: Annotated[np.ndarray, Wholes("(cores,)")]
    """The group of each core."""
    compartments: Annotated[np.ndarray, Wholes("(cores,)")]
    """Compartments on each core."""
    input_axons: Annotated[np.ndarray, Wholes("(cores,)")]
    """Input axons of each core."""
    output_axons: Annotated[np.ndarray, Wholes("(cores,)")]
    """Output axons of each core."""
    words: Annotated[np.ndarray, Wholes("(cores,)")]
    """Words of 64 bits of synaptic memory that each core uses."""
    messages: Annotated[np.ndarray, Wholes("(sources,)")]
    """Cores to which a spike of each compartment, and then of each input, is sent."""
    hops_across: Annotated[np.ndarray, Wholes("(sources,)")]
    """Tiles that all its messages together cross from east to west or back; 0 for inputs."""
    hops_along: Annotated[np.ndarray, Wholes("(sources,)")]
    """The same from north to south or back."""
    excess: tuple[Excess, ...]
    """The limits that are broken; empty if all has room."""
    limits: Limits
    """What there is room for."""
    least: int
    """Cores that it takes at least, if a core holds one group only."""
    synapses: Annotated[np.ndarray, Wholes("(pairs, 3)")]
    """Each source, a core that hears it, and how many synapses it has there."""

    @property
    def fits(self) -> bool:
        """Whether all has room."""
        return not self.excess

    @property
    def n_cores(self) -> int:
        """Cores that are used."""
        return self.group_of.size

    @property
    def shares(self) -> dict[str, np.ndarray]:
        """How full each core is, 1 for full, by what it is full of."""
        return {
            "compartments": self.compartments / self.limits.compartments,
            "input axons": self.input_axons / self.limits.input_axons,
            "output axons": self.output_axons / self.limits.output_axons,
            "synaptic memory": self.words / self.limits.words,
        }

    @property
    def tightest(self) -> str:
        """What the fullest core is fullest of."""
        return max(self.shares, key=lambda name: self.shares[name].max())

    @property
    def bound_by(self) -> dict[str, int]:
        """How many cores are fuller of this than of anything else."""
        shares = np.array(list(self.shares.values()))
        fullest = np.bincount(shares.argmax(axis=0), minlength=len(shares))
        return {name: int(many) for name, many in zip(self.shares, fullest, strict=True) if many}

    def __str__(self) -> str:
        least = self.least
        fewer = "no fewer would do" if least == self.n_cores else f"at least {least} are needed"
        lines = [
            f"{self.n_cores} of {self.limits.cores} cores, {fewer} with one group a core",
            "group  compartments  cores  fullest core: compartments  input axons  output axons  memory (KB)",
        ]
        for g in range(self.group_of[-1] + 1):
            here = self.group_of == g
            fullest = [use[here].max() for use in (self.compartments, self.input_axons, self.output_axons)]
            lines.append(
                f"{g:5d}  {self.compartments[here].sum():12d}  {here.sum():5d}  {fullest[0]:26d}  "
                f"{fullest[1]:11d}  {fullest[2]:12d}  {self.words[here].max() / 128:11.1f}"
            )
        bound = ", ".join(f"{name} ({many})" for name, many in self.bound_by.items())
        lines.append(f"cores by what they are fullest of: {bound}")
        lines.append(f"tightest: {self.tightest}, {100 * self.shares[self.tightest].max():.0f} %")
        lines += [f"no room: {excess}" for excess in self.excess]
        return "\n".join(lines)


def axon_words(synapses: np.ndarray | int, bits: int) -> np.ndarray:
    """Words of 64 bits that the synapses of an input axon take.

    Parameters
    ----------
    synapses : int or array of int
        How many there are.
    bits : int
        Bits of a synapse.

    Returns
    -------
    int64 or array of int64 of the shape of `synapses`

    Raises
    ------
    ValueError, TypeError
        If an argument is negative or no whole number, or there are no bits.

    Examples
    --------
    64 synapses of 8 bits and their header take 522 bits, the other 36 take 298:

    >>> int(axon_words(100, 8))
    14
    """
    return _words(whole_array("synapses", synapses, 0, 1 << 40), whole("bits", bits, 1))


def _words(synapses: np.ndarray, bits: int) -> np.ndarray:
    """The same, of numbers that are known to be right."""
    whole_blocks, rest = np.divmod(synapses, BLOCK)
    of_whole = -(-(BLOCK * bits + HEADER) // WORD)
    return whole_blocks * of_whole + np.where(rest > 0, -(-(rest * bits + HEADER) // WORD), 0)


def check_limits(limits: Limits) -> Limits:
    """`limits`, if all are whole and positive."""
    if not isinstance(limits, Limits):
        raise TypeError(f"limits must be Limits, got {type(limits).__name__}")
    return Limits(*(whole(name, value, 1) for name, value in limits._asdict().items()))


def placement_of(
    graph: Graph, core_of: np.ndarray, group_of: np.ndarray, limits: Limits, least: int | None = None
) -> Placement:
    """What each core uses if compartments are where they are said to be, and what is too much.

    Parameters
    ----------
    graph, limits
        As they were checked.
    core_of, group_of : array of int
        The core of each compartment, the group of each core.
    least : int, optional
        What `least_cores` says, if it is known.

    Examples
    --------
    >>> from snnlab.loihi.mapping.graph import check_graph
    >>> placement_of(check_graph(Graph(2, [0], [1])), np.array([0, 1]), np.array([0, 0]), Limits()).messages
    array([1, 0])
    """
    use = use_of_cores(graph, core_of, group_of.size)
    heard, told, words = use.values()
    excess = [
        Excess(name, int(many.max()), most)
        for (name, many), most in zip(use.items(), limits[2:], strict=True)
        if many.max() > most
    ]
    given = (
        ("cores of the chip", group_of.size, limits.cores),
        ("bits of a weight", graph.weight_bits, WEIGHT_BITS),
        ("steps of a delay", graph.longest_delay, DELAY_MAX),
    )
    excess += [Excess(name, int(many), most) for name, many, most in given if many > most]
    return Placement(
        core_of,
        group_of,
        np.bincount(core_of, minlength=group_of.size),
        heard,
        told,
        words,
        *_ways(graph, core_of, group_of.size),
        tuple(excess),
        limits,
        least_cores(graph, limits) if least is None else least,
        np.column_stack(pairs(graph.pre, core_of[graph.post], group_of.size)),
    )


def least_cores(graph: Graph, limits: Limits) -> int:
    """Cores that no placement can do without, if a core holds one group only.

    Parameters
    ----------
    graph, limits
        As they were checked.

    Examples
    --------
    >>> from snnlab.loihi.mapping.graph import check_graph
    >>> least_cores(check_graph(Graph(3000, [0], [1])), Limits())
    3
    """
    group = np.asarray(graph.group)
    n_groups = int(group[-1]) + 1
    axon, post, _ = pairs(graph.axon, graph.post, graph.n)  # one synapse for each pair at least
    _, to, count = pairs(axon, group[post], n_groups)
    bits = count * graph.bits + -(-count // BLOCK) * HEADER
    needed = (
        (np.bincount(group), limits.compartments),
        (np.bincount(to, minlength=n_groups), limits.input_axons),
        (np.bincount(to, bits, n_groups), WORD * limits.words),
    )
    return int(np.max([np.maximum(1, np.ceil(many / most)) for many, most in needed], axis=0).sum())


def use_of_cores(graph: Graph, core_of: np.ndarray, n_cores: int) -> dict[str, np.ndarray]:
    """What each core uses.

    Parameters
    ----------
    graph
        As it was checked.
    core_of : array of int
        The core of each compartment.
    n_cores : int
        How many there are.

    Examples
    --------
    >>> from snnlab.loihi.mapping.graph import check_graph
    >>> use = use_of_cores(check_graph(Graph(2, [0], [1])), np.array([0, 1]), 2)
    >>> print(use["input axons of a core"], use["output axons of a core"])
    [0 1] [1 0]
    """
    axon, core, count = pairs(graph.axon, core_of[graph.post], n_cores)
    here = np.bincount(core_of, minlength=n_cores)
    bits = graph.bits
    index = np.array([next((b for b in INDEX_BITS if n <= 1 << b), INDEX_BITS[-1]) for n in here])
    words = _words(here, bits)[core]
    for b in np.unique(index):
        where = index[core] == b
        words[where] = np.minimum(words[where], _words(count[where], bits + int(b)))
    source = axon if graph.kind is None else axon // 2
    told = source[source < graph.n]
    return {
        "input axons of a core": np.bincount(core, minlength=n_cores),
        "output axons of a core": np.bincount(core_of[told], minlength=n_cores),
        "words of synaptic memory of a core": np.bincount(core, words, n_cores).astype(np.int64),
    }


def _ways(graph: Graph, core_of: np.ndarray, n_cores: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Messages of a spike of each compartment and input, and the tiles they cross in both directions."""
    axon, core, _ = pairs(graph.axon, core_of[graph.post], n_cores)
    pre = axon if graph.kind is None else axon // 2
    n = graph.n + graph.n_inputs
    inside = pre < graph.n
    source = np.where(inside, core_of[np.minimum(pre, graph.n - 1)], core)
    here, there = (np.divmod(c // CORES_PER_TILE, TILES_ACROSS) for c in (source, core))
    along, across = (np.abs(a - b) for a, b in zip(here, there, strict=True))
    return (
        np.bincount(pre, minlength=n),
        np.bincount(pre, across, n).astype(np.int64),
        np.bincount(pre, along, n).astype(np.int64),
    )
