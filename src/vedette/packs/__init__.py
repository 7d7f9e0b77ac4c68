"""One folder per subject worth watching; the folders are the registry."""
