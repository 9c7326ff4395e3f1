"""One file that holds everything: the database at one moment, the uploads, the keys."""
