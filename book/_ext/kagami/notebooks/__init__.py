"""Pages as notebooks: made, executed once, and opened elsewhere."""
