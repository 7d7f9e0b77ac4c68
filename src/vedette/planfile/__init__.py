"""Reads vedette.yaml into a plan, and says where and why where it cannot."""
