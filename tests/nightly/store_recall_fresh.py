"""Store and recall on ten seeds that had no part in any choice: the recipe and columns of `store_recall`.

How long a lesson may take was chosen on seeds 1 to 10 and their trials, which is why they may be too good;
nothing was changed for 11 to 20.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main
from nightly.store_recall import RESULTS, row

__all__ = ["KEYS", "RESULTS", "row"]

KEYS = ("tau_a", "seed"), [(tau_a, seed) for tau_a in (1200, 0) for seed in range(11, 21)]


if __name__ == "__main__":
    main()
