"""What the arrays of data libraries mean, axis by axis: data files, and what reads and checks them."""
