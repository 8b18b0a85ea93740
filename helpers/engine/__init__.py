"""The plumbing: how operations follow each other, print themselves, and run what a learner wrote."""
