"""The skeleton of a new rule file: everything that a rule needs, to be filled in."""

from __future__ import annotations

from typing import Final

TEMPLATE: Final = """---
rule: {name}
group: house              # select and ignore take it
subject: layer            # layer, declaration, model, feed, target, loss or file
severity: warning         # note, warning or error
confidence: medium        # low, medium or high: high is almost surely a mistake
applies-to: [Dense]       # the layer classes that it looks at; leave out for all
parameters: {{most_units: 4096}}
when: units >= most_units # facts: docs/facts.md; any argument: argument("units")
message: "{{layer}} has {{units}} units"
tip: "what to type instead, in the program's own words"
---
One sentence that says what the layer does with its input.

## Why it is a mistake

What Keras does with the axes, and what the author meant.

## What to do instead

The code to write.

## When the rule is wrong

When this is meant, and how to say so: `# layoutlint: ignore[{name}] the reason`.

## Examples

```python
from keras import layers

x = layers.Dense(8192)(layers.Input((4,)))  # expect: {name}
```

Right:

```python
from keras import layers

x = layers.Dense(8)(layers.Input((4,)))  # shape: (None, 8)
```
"""


def skeleton(name: str) -> str:
    """Return the text of a rule file that loads and whose examples hold."""
    return TEMPLATE.format(name=name)
