"""Sources in: one module for one publisher's format, each yielding statements with nothing lost."""
