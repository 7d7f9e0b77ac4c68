"""One module per place that a plan can be exported to; the modules are the registry."""
