/**
 * Reports for information governance as files: one HTML page, one PDF, or a folder of CSV files.
 * Every value is taken for hostile: what steers a terminal, a browser or a spreadsheet is shown,
 * not obeyed.
 */
@NullMarked
package uk.usbguard.cli.evidence;

import org.jspecify.annotations.NullMarked;
