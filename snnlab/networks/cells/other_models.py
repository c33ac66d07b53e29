"""One step of a population that has `Rows`, whatever its model.

>>> from snnlab.networks import Network, Population
>>> from snnlab.neurons import AdEx
>>> Network(cells=Population(3, AdEx(), i=1.0)).run(200)["cells"].spikes.n_spikes
24
"""

from snnlab.compiling import uncounted_kernel
from snnlab.networks.cells.adaptive_lif_cells import advance_adaptive_lif
from snnlab.networks.cells.adex_cells import advance_adex
from snnlab.networks.cells.izhikevich_cells import advance_izhikevich
from snnlab.networks.cells.quadratic_cells import advance_quadratic
from snnlab.networks.cells.rows import ADAPTIVE, ADEX, IZHIKEVICH

__all__ = ["advance_other_model"]


@uncounted_kernel
def advance_other_model(p, t, state, cells, rows, ids, count):
    """Population `p` through step `t`; who fires is added to `ids`, whose new count is returned.

    Where `rows` are `NoRows`, none of the models is even compiled.
    """
    if len(rows) > 0:
        if cells.kind[p] == ADAPTIVE:
            count = advance_adaptive_lif(p, t, state, cells, rows, ids, count)
        elif cells.kind[p] == ADEX:
            count = advance_adex(p, t, state, cells, rows, ids, count)
        elif cells.kind[p] == IZHIKEVICH:
            count = advance_izhikevich(p, t, state, cells, rows, ids, count)
        else:
            count = advance_quadratic(p, t, state, cells, rows, ids, count)
    return count
