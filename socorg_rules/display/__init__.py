"""What is shown of things beside answers: cases, packs, case files and their changes; charts and rule graphs."""
