package uk.usbguard.core.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers the heads of logs outside their folders, so that a log which was rolled back, shortened
 * or replaced is noticed. It is as safe as the place where it is kept.
 */
public interface HeadMemory {

  /** Remembers nothing. */
  HeadMemory NONE =
      new HeadMemory() {
        @Override
        public List<AuditHead> heads(Path folder) {
          return List.of();
        }

        @Override
        public void remember(Path folder, AuditHead head) {}
      };

  /** What was last remembered of every log that ever was in this folder. */
  List<AuditHead> heads(Path folder) throws IOException;

  /** Replaces what was remembered of the same log. */
  void remember(Path folder, AuditHead head) throws IOException;
}
