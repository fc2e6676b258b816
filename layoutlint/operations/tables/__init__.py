"""What the libraries call the operations: data, one library a module, one line a name.

A line is the name within the library, the canonical operation, and the signature as that library has it.
"""
