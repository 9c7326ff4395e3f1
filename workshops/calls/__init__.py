"""The call of a workshop: applications, with an account or by a mailed link, and who reads them."""
