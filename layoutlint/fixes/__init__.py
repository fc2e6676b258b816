"""Fixes: one libcst codemod a module, called as the rules' front matter names it (``fix: drop-batch-axis``).

A codemod is one function, ``fix(source, finding)``, from the module's source and a finding to an
:class:`~layoutlint.fixes.edits.Edit`; it raises :class:`~layoutlint.fixes.edits.NotFixableError` where it
cannot do what it promises. ``session`` applies edits one after the other and takes back each that does not
silence its finding or brings another one. Only ``registry`` may be imported before a fix is asked for: libcst
takes a quarter of a second to load.
"""
