"""What a change of a policy changes: two texts compared by the cases that they decide differently."""
