"""Start, watch, reload and stop the stack's programs."""
