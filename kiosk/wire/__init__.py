"""What hub and devices say to each other: views, their changes, answers, problems (DESIGN §3)."""
