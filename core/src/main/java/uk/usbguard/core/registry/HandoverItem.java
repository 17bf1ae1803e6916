package uk.usbguard.core.registry;

/** What happens when a drive is handed over. All of it: REG-05. */
public enum HandoverItem {
  /** The owner was told the duties. */
  DUTIES,
  /** The owner was shown the security features. */
  FEATURES,
  /** The owner set a passphrase that nobody else knows. */
  PASSPHRASE
}
