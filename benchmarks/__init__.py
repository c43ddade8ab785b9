"""Benchmark suites, runner and committed results; not part of the wheel."""
