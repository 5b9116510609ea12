"""The command line `socorg-rules`; each verb is loaded when it is asked for."""

from .program import main

__all__ = ["main"]
