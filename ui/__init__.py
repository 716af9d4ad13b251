"""The screens: PySide6 Widgets. They know the core and nothing of printers or HTTP (DESIGN §5)."""
