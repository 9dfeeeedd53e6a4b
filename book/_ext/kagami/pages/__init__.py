"""What a page shows: HTML, equations, outputs, figures' texts, references, links to decks."""
