"""One file per step: NNNN_what.py, revision NNNN, down_revision the number before."""
