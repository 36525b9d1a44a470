"""The phone app: works without network, carries one day, loses nothing. Plain modules of JavaScript, no framework."""
