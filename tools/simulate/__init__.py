"""A whole centre in one thread: virtual time, real rules, real files, every kind of trouble; same seed, same run."""
