"""One module per program that the stack can run; the modules are the registry."""
