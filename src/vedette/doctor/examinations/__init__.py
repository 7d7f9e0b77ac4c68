"""One module per kind of examination; each defines `EXAMINATION`."""
