package dev.mintlog.schema;

/** Names of Kafka record headers. */
public final class Headers {
  /** Key id and HMAC over topic, key and value; on every topic but the registry. */
  public static final String MAC = "mac";
  /** Ed25519 signature over topic, key and value; on the registry. */
  public static final String SIGNATURE = "sig";

  private Headers() {}
}
