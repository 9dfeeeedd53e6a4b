"""The book's figures, one file a figure: each takes data and returns a matplotlib figure or SVG."""
