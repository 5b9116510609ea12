"""The engines beside the reference interpreter. Each reads the same rule tree and gives the same answer."""
