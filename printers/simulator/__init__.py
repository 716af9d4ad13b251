"""A receipt printer that judges our paper: it reads ESC/POS by itself, has every trouble, and shares no code."""
