package uk.usbguard.core.registry;

/** What is needed to enter a drive: REG-01. */
public record Registration(
    AssetTag tag, Hardware hardware, Holder holder, Justification justification) {}
