/**
 * Results as records, and their two outputs: text for people and JSON for scripts. Jackson is used
 * here only, and loaded only when JSON is asked for.
 */
@NullMarked
package uk.usbguard.cli.render;

import org.jspecify.annotations.NullMarked;
