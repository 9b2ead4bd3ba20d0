"""The language of letters as readers need it: syllables, what follows what, which letters look alike."""
