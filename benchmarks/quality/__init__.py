"""The facts measured against annotated articles, beside other libraries: `python -m benchmarks.quality --help`."""
