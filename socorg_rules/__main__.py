"""`python -m socorg_rules` is the program `socorg-rules`."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="socorg-rules")
