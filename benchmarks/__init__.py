"""How fast this program is, beside others that set the same text. Run with `python -m benchmarks`; see README.md."""
