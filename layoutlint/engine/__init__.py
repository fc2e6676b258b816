"""The rule engine: rule files in, judgements over facts out.

Rules know facts and nothing of layers' code or of formats; everything here may import
:mod:`layoutlint.facts`.
"""
