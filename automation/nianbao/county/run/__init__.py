"""A whole county in one run: collected, judged, made, told; in this process, in several or on a cluster."""
