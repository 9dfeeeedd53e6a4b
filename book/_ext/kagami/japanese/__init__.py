"""What Japanese asks of a book: line breaks, faces, search, and passages in English."""
