"""Vedette's own state: one SQLite file in the state folder."""
