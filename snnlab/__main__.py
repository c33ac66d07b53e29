"""``python -m snnlab`` is the command ``snnlab``."""

import sys

from snnlab.course.cli import main

if __name__ == "__main__":
    sys.exit(main())
