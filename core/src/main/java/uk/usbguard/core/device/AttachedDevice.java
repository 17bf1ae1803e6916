package uk.usbguard.core.device;

/**
 * A device that is plugged in, by what it says of itself. Nothing of it is proven.
 *
 * @param name what its maker calls it; may hold any characters
 */
public record AttachedDevice(DeviceIdentity identity, DeviceShape shape, String name) {}
