/**
 * A container as a {@code java.nio.file} file system, so that any Java program can use one without
 * knowing what it is. {@link uk.usbguard.core.nio.ContainerFileSystems} is the way in. Errors are
 * the JDK's own, with the container's as their cause; unlike those of {@code core.error} they hold
 * paths, which can name patients: never log them.
 */
@NullMarked
package uk.usbguard.core.nio;

import org.jspecify.annotations.NullMarked;
