"""What services collect, and who may use it how: an entry for each dataset, and the city's catalogue for machines."""
