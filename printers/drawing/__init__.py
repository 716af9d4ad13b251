"""A receipt's blocks become dots: typefaces, line breaks, doors, codes, and the picture they make (DESIGN §8)."""
