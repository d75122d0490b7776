"""Kubernetes resources from the lists in the code, so that no topic is typed twice."""
