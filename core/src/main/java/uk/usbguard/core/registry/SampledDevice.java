package uk.usbguard.core.registry;

import org.jspecify.annotations.Nullable;

/**
 * A drive of a sample.
 *
 * @param result what was found last; null if nobody has looked
 */
public record SampledDevice(Device device, @Nullable SpotCheck result) {}
