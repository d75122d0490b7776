"""The dependencies that are shipped: pinned by hash, as declared, under licences we may use, without known holes."""
