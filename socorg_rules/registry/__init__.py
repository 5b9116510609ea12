"""A whole registry: tables of organizations and what belongs to them, decided at once by the columns engine."""
