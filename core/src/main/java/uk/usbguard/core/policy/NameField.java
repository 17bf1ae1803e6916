package uk.usbguard.core.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uk.usbguard.core.policy.Names.Pattern;

/** A fact with values without number, of which a device or person can have several. */
enum NameField {
  DEVICE("device") {
    @Override
    List<String> of(Facts facts) {
      return List.of(facts.device().identity().key());
    }

    @Override
    Optional<Pattern> pattern(String text) {
      return DevicePattern.of(text);
    }
  },
  USER("user") {
    @Override
    List<String> of(Facts facts) {
      return List.of(fold(facts.person().user()));
    }
  },
  GROUP("group") {
    @Override
    List<String> of(Facts facts) {
      return facts.person().groups().stream().map(NameField::fold).toList();
    }
  },
  HOST("host") {
    @Override
    List<String> of(Facts facts) {
      return List.of(fold(facts.place().host()));
    }
  },
  ORGANISATION("organisation") {
    @Override
    List<String> of(Facts facts) {
      return List.of(fold(facts.place().organisation()));
    }
  },
  EXEMPTION("exemption") {
    @Override
    List<String> of(Facts facts) {
      return facts.exemptionKinds().stream().map(Exemption.Kind::label).toList();
    }

    @Override
    Optional<Pattern> pattern(String text) {
      return KINDS.contains(text) ? Optional.of(new Pattern(text, false)) : Optional.empty();
    }
  };

  private static final Set<String> KINDS = Set.of("override", "unencrypted", "personal");
  private static final int LONGEST = 256;

  private final String key;

  NameField(String key) {
    this.key = key;
  }

  /** The key in a policy. */
  String key() {
    return key;
  }

  /** The values that the facts have, folded. */
  abstract List<String> of(Facts facts);

  /** What a policy wrote; empty if that cannot stand here. */
  Optional<Pattern> pattern(String text) {
    if (text.isBlank() || text.length() > LONGEST || text.indexOf('*') < 0) {
      return text.isBlank() || text.length() > LONGEST
          ? Optional.empty()
          : Optional.of(new Pattern(fold(text), false));
    }
    boolean onlyAtTheEnd = text.indexOf('*') == text.length() - 1 && text.length() > 1;
    return onlyAtTheEnd
        ? Optional.of(new Pattern(fold(text.substring(0, text.length() - 1)), true))
        : Optional.empty();
  }

  /** Upper and lower case are one: so are they in Windows' names. */
  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
