"""Says what is wrong with a running stack, why, and what to do."""
