"""One module per framework, with one function each: instrument()."""
