"""Measuring Sanpo: bulk data of a city's size, and the benchmark that runs against it."""
