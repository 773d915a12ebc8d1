package dev.mintlog.cli;

/** What every command's exit code means. */
final class ExitCodes {
  /** What was asked for is done. */
  static final int DONE = 0;
  /** It could not be done; one line on stderr says why and what to do. */
  static final int REFUSED = 1;
  /** The command line was not understood. */
  static final int USAGE = 2;
  /** A bug in Mintlog. */
  static final int BUG = 70;

  private ExitCodes() {}
}
