"""One module per way of getting a program; the modules are the registry."""
