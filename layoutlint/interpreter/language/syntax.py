"""Python as the evaluator is given it: every kind of statement and expression, calls and assignment."""

from layoutlint.interpreter.core.syntax import Syntax
from layoutlint.interpreter.language.assignment import assign, bind
from layoutlint.interpreter.language.calls import call
from layoutlint.interpreter.language.expressions import EXPRESSIONS
from layoutlint.interpreter.language.records import items
from layoutlint.interpreter.language.statements import STATEMENTS

SYNTAX = Syntax(STATEMENTS, EXPRESSIONS, call, assign, bind, items)
