"""The full-screen interface: one question a page, by keyboard alone."""
