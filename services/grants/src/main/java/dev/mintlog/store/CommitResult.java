package dev.mintlog.store;

/** How a commit went. */
public enum CommitResult {
  COMMITTED,
  /** Another version was there: another owner was here. */
  CONFLICT,
  /** The command's deadline had passed by the store's clock. */
  LATE
}
