"""What the arrays of data libraries mean, axis by axis: data files, no code."""
