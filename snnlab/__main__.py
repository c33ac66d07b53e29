"""``python -m snnlab`` is the command ``snnlab``."""

import sys

from snnlab.course.cli import main

sys.exit(main())
