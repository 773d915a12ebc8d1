package dev.mintlog.store;

/**
 * A commit that was tried.
 *
 * @param result how it went
 * @param primary the primary it was tried on
 */
public record Commit(CommitResult result, Primary primary) {}
