"""Clew answers whether a transaction may go ahead, on a day, under the laws of that day, and proves it."""

__version__ = "0.1.0"
