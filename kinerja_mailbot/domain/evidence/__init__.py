"""What proves that the record is as it was written: the journal's chain, digests, the manifest of an archive."""
