"""Exit codes, the same in every output format."""

CLEAN = 0
FINDINGS = 1
ERROR = 2
NOTHING = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
