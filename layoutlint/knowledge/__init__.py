"""What the arrays of data libraries mean, axis by axis: data files, and the module that reads them."""
