"""The lessons: a folder each, with its explorables, its exercises, and what it asks."""
