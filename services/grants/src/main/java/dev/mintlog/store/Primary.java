package dev.mintlog.store;

/**
 * Which incarnation of the store answered. It changes whenever what was written last may be gone: on promotion of a
 * replica and on a restart. Two equal primaries have lost nothing between them.
 *
 * @param incarnation opaque; for Redis its replication id
 */
public record Primary(String incarnation) {}
