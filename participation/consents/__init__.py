"""The consent centre: what data may be used for, who agreed to which words, and what services may ask."""
