# Cover: the shift's sheet and its story, asking and answering, what needs a decision.
