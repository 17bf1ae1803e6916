/**
 * What a new passphrase must be, and making a good one. {@link PassphraseRules} refuses what is
 * short, common or predictable and says why; {@link PassphraseGenerator} draws random words. Front
 * ends call both when a passphrase is set; opening an existing container never comes here. There is
 * no strength meter: only for generated phrases is the number of guesses known.
 */
@NullMarked
package uk.usbguard.core.passphrase;

import org.jspecify.annotations.NullMarked;
