"""The graph of citations: which document each citation means, who cites it, what changed it, what answers it.

`identity` and `likeness` are pure; `clusters` decides from values alone which
identities are one document, so the graph does not depend on the order in which
letters came; `settle` writes that after every change, in its transaction.
"""
