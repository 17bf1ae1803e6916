package uk.usbguard.core.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an action was about. An id is written as it is: an asset tag, a container's id, a version;
 * it names no person. A name (of a file, a path, a serial number) is never written: the log holds a
 * keyed hash of it, by which whoever knows the name finds its entries.
 */
public final class AuditSubject {

  /** Kinds of things. */
  public enum Kind {
    CONTAINER,
    FILE,
    DEVICE,
    MEDIUM,
    POLICY,
    REGISTER,
    INCIDENT,
    BUNDLE,
    KEY,
    LOG,
    AGENT;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final @Nullable String id;
  private final @Nullable String name;

  private AuditSubject(Kind kind, @Nullable String id, @Nullable String name) {
    this.kind = kind;
    this.id = id;
    this.name = name;
  }

  /** Something of this kind of which nothing more is known. */
  public static AuditSubject of(Kind kind) {
    return new AuditSubject(kind, null, null);
  }

  /** The same with an id, which is written as it is. */
  public AuditSubject withId(String clear) {
    return new AuditSubject(kind, clear, name);
  }

  /** The same with a name, of which only a keyed hash is written. */
  public AuditSubject withName(String secret) {
    return new AuditSubject(kind, id, secret);
  }

  Kind kind() {
    return kind;
  }

  @Nullable String id() {
    return id;
  }

  @Nullable String name() {
    return name;
  }

  @Override
  public String toString() {
    return "AuditSubject[" + kind + ", name redacted]";
  }
}
