"""Pages as notebooks: executed once, made, compared, and opened elsewhere."""
