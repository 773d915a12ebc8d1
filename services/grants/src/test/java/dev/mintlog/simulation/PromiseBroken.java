package dev.mintlog.simulation;

/** A promise of the design does not hold. */
final class PromiseBroken extends AssertionError {
  private static final long serialVersionUID = 1L;

  PromiseBroken(String promise, String how) {
    super(promise + ": " + how);
  }
}
