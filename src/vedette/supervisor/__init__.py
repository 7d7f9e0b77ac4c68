"""Gets, starts, watches, reloads and stops the programs of the stack."""
