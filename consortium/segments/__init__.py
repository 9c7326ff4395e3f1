"""Quarterly reports on services: active users and satisfaction, in total and by segment, told by those who run them."""
