package uk.usbguard.cli.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import uk.usbguard.core.file.FileLease;
import uk.usbguard.core.policy.LastGoodPolicy;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.SignatureCheck;
import uk.usbguard.core.policy.SignedPolicy;

/**
 * The policy that was in force last, in the state folder: one file of three lines in Base64,
 * signature, policy and public key, so that a crash leaves both of one or both of the other. What
 * cannot be read is no policy; what was changed is found by its signature.
 */
public final class PolicyShelf implements LastGoodPolicy {

  private static final String FOLDER = "policy";
  private static final String NAME = "last-good";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The longest file that {@link #keep} writes: a policy, and a signature, in Base64. */
  private static final int LARGEST = Policy.LARGEST_FILE / 3 * 4 + (1 << 16);

  private final StateFolder state;
  private final Function<byte[], Optional<SignatureCheck>> keys;

  /** Takes what makes a check of a public key; nothing if it is none. */
  public PolicyShelf(StateFolder state, Function<byte[], Optional<SignatureCheck>> keys) {
    this.state = state;
    this.keys = keys;
  }

  /** Nobody else changes what is kept until it is closed; nothing if others have it too long. */
  public Optional<FileLease> lease() throws IOException {
    return FileLease.take(state.createSubfolder(FOLDER).resolve("lock"), PATIENCE);
  }

  @Override
  public Optional<SignedPolicy> read() throws IOException {
    List<byte[]> parts = parts();
    return parts.size() < 2
        ? Optional.empty()
        : Optional.of(new SignedPolicy(parts.get(1), parts.get(0)));
  }

  @Override
  public Optional<SignatureCheck> key() throws IOException {
    List<byte[]> parts = parts();
    return parts.size() < 3 ? Optional.empty() : keys.apply(parts.get(2));
  }

  private List<byte[]> parts() throws IOException {
    Path file = state.subfolder(FOLDER).resolve(NAME);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII);
      List<String> lines = text.lines().toList();
      return lines.size() > 3
          ? List.of()
          : lines.stream().map(Base64.getDecoder()::decode).toList();
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return List.of();
    }
  }

  @Override
  public void keep(SignedPolicy policy, SignatureCheck key) throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    state.replace(
        FOLDER,
        NAME,
        encoder.encodeToString(policy.signature())
            + "\n"
            + encoder.encodeToString(policy.file())
            + "\n"
            + encoder.encodeToString(key.key())
            + "\n");
  }
}
