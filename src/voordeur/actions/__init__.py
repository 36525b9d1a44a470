"""Everything that writes, one file per deed: may it -> load -> core -> save -> audit, in one transaction."""
