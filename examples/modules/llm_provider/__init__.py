"""Generates text with local models of different size and price."""
