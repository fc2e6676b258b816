"""Reports: one output format a module. They know findings, coverage and what stands around a finding:
nothing of
rules, and nothing of how a finding came about."""
