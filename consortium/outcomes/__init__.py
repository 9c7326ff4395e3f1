"""What becomes of the posters and ideas of workshops: proposals, pilots, improvements; and the way back to the team."""
