"""The bundled demonstration: `make demo`."""
