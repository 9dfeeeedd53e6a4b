"""The book's figures, a file for what is drawn alike: each takes data and returns a matplotlib figure or HTML."""
