"""The packs that come with the library, one jurisdiction a file."""
