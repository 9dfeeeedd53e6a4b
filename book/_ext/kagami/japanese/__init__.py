"""What Japanese asks of a book: lines of the source joined, faces, search, English passages, the PDF's text."""
