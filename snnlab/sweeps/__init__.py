"""One function over a grid of parameters: on all cores, or by the same call on a cluster.

`grid` says which points there are and `point` what is computed at one; `processes` and `cluster` do that
somewhere, `keeping` writes down what is known, and `running` is the call that a reader makes.
"""

from snnlab.sweeps.running import sweep
from snnlab.sweeps.swept import Failure, Swept

__all__ = ["Failure", "Swept", "sweep"]
