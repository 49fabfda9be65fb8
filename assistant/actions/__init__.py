"""How action items are written down: the layout of notes, people, due dates, and the words of both languages."""
