"""The nouns. Plain frozen data: nothing here reads a file, a clock or a network."""
