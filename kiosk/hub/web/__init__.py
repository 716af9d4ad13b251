"""The hub over HTTP: commands in, answers, streams and pages out."""
