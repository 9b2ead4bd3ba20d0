"""nlp: pages go in, a `Dispatch` comes out. Pure: no clock, no disk writes, no database."""
