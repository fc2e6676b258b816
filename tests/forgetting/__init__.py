"""Programs changed by machine in ways that must not add a finding.

``python -m tests.forgetting --count N --seed S`` prints the figures; see ``docs/research/forgetting.md``.
"""
