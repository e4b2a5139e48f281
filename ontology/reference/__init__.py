"""The reference tables: dated facts of law as CSV files, described in `README.md` beside them."""
