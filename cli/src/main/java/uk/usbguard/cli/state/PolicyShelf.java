package uk.usbguard.cli.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import uk.usbguard.core.policy.LastGoodPolicy;
import uk.usbguard.core.policy.Policy;
import uk.usbguard.core.policy.SignedPolicy;

/**
 * The policy that was in force last, in the state folder: one file of two lines in Base64, the
 * signature and the policy, so that a crash leaves both of one or both of the other. What cannot be
 * read is no policy; what was changed is found by its signature.
 */
public final class PolicyShelf implements LastGoodPolicy {

  private static final String FOLDER = "policy";
  private static final String NAME = "last-good";

  /** The longest file that {@link #keep} writes: a policy, and a signature, in Base64. */
  private static final int LARGEST = Policy.LARGEST_FILE / 3 * 4 + (1 << 16);

  private final StateFolder state;

  public PolicyShelf(StateFolder state) {
    this.state = state;
  }

  @Override
  public Optional<SignedPolicy> read() throws IOException {
    Path file = state.subfolder(FOLDER).resolve(NAME);
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII);
      List<String> lines = text.lines().toList();
      if (lines.size() != 2) {
        return Optional.empty();
      }
      Base64.Decoder decoder = Base64.getDecoder();
      return Optional.of(
          new SignedPolicy(decoder.decode(lines.get(1)), decoder.decode(lines.get(0))));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void keep(SignedPolicy policy) throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    state.replace(
        FOLDER,
        NAME,
        encoder.encodeToString(policy.signature())
            + "\n"
            + encoder.encodeToString(policy.file())
            + "\n");
  }
}
