"""Screen flows as pure tables: (state, event) to state and effects (DESIGN §5)."""
