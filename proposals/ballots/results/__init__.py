"""The published result: figures, drawing, steps in words, and what the city answers after it."""
