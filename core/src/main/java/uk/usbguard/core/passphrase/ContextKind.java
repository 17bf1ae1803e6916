package uk.usbguard.core.passphrase;

/** Where a word that everybody around a device knows comes from. */
public enum ContextKind {
  /** This product and the service it is used in; always known, needs no setting. */
  SERVICE,
  /** The organisation's name. */
  ORGANISATION,
  /** The holder's name, user name or mail address. */
  USER,
  /** The label on the device. */
  ASSET_TAG,
  /** The device's own serial number or model. */
  DEVICE
}
