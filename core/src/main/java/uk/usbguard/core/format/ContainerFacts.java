package uk.usbguard.core.format;

import java.time.Instant;

/**
 * What a container is from the day it was made.
 *
 * @param made to the second
 * @param segmentMib how large each of its files may grow
 * @param organisationSlotRequired whether it must keep a slot that its organisation can open
 */
public record ContainerFacts(
    ContainerId id,
    ProfileId profile,
    Instant made,
    int segmentMib,
    boolean organisationSlotRequired) {

  public ContainerFacts {
    Seconds.require(made);
    Required.that(
        segmentMib >= FormatLimits.MINIMUM_SEGMENT_MIB
            && segmentMib <= FormatLimits.MAXIMUM_SEGMENT_MIB,
        "segment size in MiB out of bounds");
  }
}
