"""Whole-process benchmark of usbguard beside its peers."""
