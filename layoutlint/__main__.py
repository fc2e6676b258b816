"""``python -m layoutlint``."""

import sys

from layoutlint.cli import main

sys.exit(main())
