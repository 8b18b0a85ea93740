"""What the notebooks of the course import, in floors: a floor imports only from floors below it."""
