"""What exercises the whole product: demo centre, tour, benchmark. Imports everything, imported by main only."""
