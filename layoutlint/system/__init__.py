"""What is asked of the operating system: files that are opened safely, and processes that can be ended.

The budget of an evaluation is counted by the evaluation itself and ends nearly every program. What is left
are the operations that do not come back to count (a sum over ``range(10**10)``, a damaged file that sends a
parser in circles). No signal handler and no thread of the same process interrupts those, so inputs are worked
on in a process of their own, which the operating system ends. Nothing here knows what the work is.
"""
