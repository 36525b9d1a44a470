"""The made-up town of Lindewaard, with a truth that only this room knows. Nothing here is about real people."""
