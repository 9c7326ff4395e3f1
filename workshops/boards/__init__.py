"""The day itself: teams, who is there, the board that each team writes together, dots, the projector."""
