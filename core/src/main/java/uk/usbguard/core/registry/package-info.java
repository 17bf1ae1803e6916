/**
 * The device register: who has which drive, in which state, approved by whom, until when. One
 * SQLite file or one PostgreSQL database. Every change is one transaction with its actor, reason
 * and time; only legal changes are made. May be imported from outside core; only this package sees
 * the database.
 */
@NullMarked
package uk.usbguard.core.registry;

import org.jspecify.annotations.NullMarked;
