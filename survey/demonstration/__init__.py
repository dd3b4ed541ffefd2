"""Demonstration data: generated, the same every time, and plainly not real."""
