"""Questions that a process asks: built at the desk, answered page by page, told as figures without people."""
