"""The steps by which the store's schema grew; run at every start by `Store.migrate`."""
