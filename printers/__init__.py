"""Paper: receipt blocks to raster to ESC/POS to transport; status, simulator, receiver (DESIGN §8)."""
