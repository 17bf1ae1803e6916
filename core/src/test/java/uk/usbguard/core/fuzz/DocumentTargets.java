package uk.usbguard.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.usbguard.core.policy.Facts;
import uk.usbguard.core.policy.FactsFile;
import uk.usbguard.core.policy.InvalidPolicyException;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.Profile;
import uk.usbguard.core.registry.CsvSink;
import uk.usbguard.core.registry.CsvSource;
import uk.usbguard.core.registry.EntryFormatException;
import uk.usbguard.core.registry.EntrySource;
import uk.usbguard.core.registry.Field;
import uk.usbguard.core.registry.JsonSource;
import uk.usbguard.core.signing.DetachedSignature;
import uk.usbguard.core.signing.SigningException;
import uk.usbguard.core.signing.Verifier;

/** Files that somebody hands in: policies and facts in YAML and JSON, entries in CSV and JSON. */
final class DocumentTargets {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  private static final String FACTS =
      """
      at: 2026-11-24T08:00:00Z
      device: 0951:1666:E0D55EA573F0
      shape: storage
      interfaces: [08/06/50, 08/06/62]
      identity: L3
      verdict: verified-encrypted
      medium: registered
      state: issued
      holder: own
      ownership: organisation
      revoked: false
      check-in: 36h
      exemption: [unencrypted]
      group: [a, b]
      """;

  private static final String EVENT =
      """
      {"type": "blocked", "seq": 7, "facts": {"shape": "storage", "identity": "L3",
       "device": "0951:1666:E0D55EA573F0", "group": ["a", "b"], "check-in": "never"}}
      """;

  private static final String CSV =
      """
      tag,purpose,capacityBytes,clockSetBack
      NHS-1,"letters, ""scans""
      and more",123,true
      NHS-2,'=1+1,,false
      """;

  private static final String JSON =
      """
      {"type":"device-export","version":1,"devices":[{"tag":"NHS-1","purpose":"\\u00fc=1",
      "capacityBytes":123,"clockSetBack":true},{"tag":"NHS-2","owner":null}]}
      """;

  private static final String KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAKXrsQ5iefxaV2m+X8zMAsQUp9cAZUtryphpXwvKmstM=
      -----END PUBLIC KEY-----
      """;

  private static final String SIGNATURE =
      """
      usbguard signature 1
      purpose: policy
      key: %s
      signature: q5vrXfHRd9cVOnujWIdaPx3Rgn8qZU3cUpkfYkg/XNOvivtBzhYAZ5dqIdREQwx5cuD/j/z0zCcUP0RHnnQoAg==
      """
          .formatted("0123456789abcdef".repeat(4));

  private DocumentTargets() {}

  static List<byte[]> policySeeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      seeds.add(profile.file());
    }
    return seeds;
  }

  static List<byte[]> factsSeeds() {
    return List.of(FACTS.getBytes(UTF_8), EVENT.getBytes(UTF_8));
  }

  static List<byte[]> csvSeeds() {
    return List.of(CSV.getBytes(UTF_8), ("\uFEFF" + CSV).getBytes(UTF_8));
  }

  static List<byte[]> jsonSeeds() {
    return List.of(JSON.getBytes(UTF_8));
  }

  static List<byte[]> keySeeds() {
    return List.of(KEY.getBytes(UTF_8), SIGNATURE.getBytes(UTF_8));
  }

  /** A policy is taken or refused with what is wrong with it. */
  static void policy(byte[] file) {
    try {
      Policy.parse(file);
    } catch (InvalidPolicyException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }

  /** Facts that are read are read again, the same, from the words for them. */
  static void facts(byte[] file) throws Exception {
    Facts facts;
    try {
      facts = FactsFile.parse(file, NOW);
    } catch (InvalidPolicyException e) {
      assertThat(e.problems()).isNotEmpty();
      return;
    }
    Map<String, Object> words = FactsFile.words(facts);
    String json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(words);
    assertThat(FactsFile.words(FactsFile.parse(json.getBytes(UTF_8), NOW))).isEqualTo(words);
  }

  /** Entries that are read are read again, the same, from what they are written as. */
  static void csv(byte[] file) throws Exception {
    List<Map<Field, String>> entries = new ArrayList<>();
    if (isTaken(new CsvSource(new ByteArrayInputStream(file)), entries)) {
      StringWriter text = new StringWriter();
      CsvSink sink = new CsvSink(text);
      for (Map<Field, String> entry : entries) {
        sink.write(entry);
      }
      sink.finish();
      List<Map<Field, String>> again = new ArrayList<>();
      byte[] written = text.toString().getBytes(UTF_8);
      assertThat(isTaken(new CsvSource(new ByteArrayInputStream(written)), again)).isTrue();
      assertThat(again).isEqualTo(entries);
    }
  }

  /** No more than that it ends as declared: which values are good is not the reader's matter. */
  static void json(byte[] file) throws IOException {
    isTaken(new JsonSource(new ByteArrayInputStream(file)), new ArrayList<>());
  }

  /** Public keys and signatures: one that is read is read again, the same. */
  static void key(byte[] file) {
    try {
      Verifier key = Verifier.parse(file);
      assertThat(Verifier.parse(key.file()).fingerprint()).isEqualTo(key.fingerprint());
    } catch (SigningException e) {
      // declared
    }
    try {
      byte[] written = DetachedSignature.parse(file).file();
      assertThat(DetachedSignature.parse(written).file()).isEqualTo(written);
    } catch (SigningException e) {
      // declared
    }
  }

  private static boolean isTaken(EntrySource source, List<Map<Field, String>> entries)
      throws IOException {
    try {
      Optional<EntrySource.Entry> next = source.next();
      while (next.isPresent()) {
        entries.add(next.get().fields());
        next = source.next();
      }
      return true;
    } catch (EntryFormatException e) {
      return false; // declared
    }
  }
}
