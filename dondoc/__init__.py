"""dondoc: the command line, the settings and the worker that ties the rooms together."""

__version__ = "0.1.0"
