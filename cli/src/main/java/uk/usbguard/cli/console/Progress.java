package uk.usbguard.cli.console;

/** Hears how far something has come. Called from any thread, often. */
public interface Progress {

  /** Nobody is looking. */
  Progress NONE =
      new Progress() {
        @Override
        public void advanced(long doneBytes, long totalBytes) {}

        @Override
        public void finished() {}
      };

  /** So much of so much; a total below zero is not known. */
  void advanced(long doneBytes, long totalBytes);

  /** It is over: the line is free again. */
  void finished();
}
