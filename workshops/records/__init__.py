"""What a workshop leaves behind: personas, concept posters, photos, lessons, and the published record of it all."""
