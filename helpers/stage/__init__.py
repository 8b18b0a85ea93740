"""The Stage: the one widget that draws arrays, and what belongs to it."""
