package dev.mintlog.registry.log;

/**
 * A record of the registry topic, as it rests there; any part may be null.
 *
 * @param signature the header's bytes
 */
public record SignedRecord(byte[] key, byte[] value, byte[] signature) {}
