package dev.mintlog.channel.seal;

/** What is sealed, from whom to whom. One key per direction: what was sealed for one opens for no other. */
public enum Direction {
  /** Edge to processor; channel secret. */
  COMMAND("command"),
  /** Processor to edge; channel secret. */
  REPLY("reply"),
  /** Processor to Redis, read by processors and edges; channel secret. */
  REDIS("redis"),
  /** Claims inside audit events; channel secret. */
  EVENT("event"),
  /** Secrets of client_secret_jwt in the registry, read by edges; channel secret. */
  CLIENT_SECRET("client secret"),
  /** Processor to changelog; key-encryption key. */
  CHANGELOG("changelog"),
  /** Private signing keys in the registry; key-encryption key. */
  SIGNING_KEY("signing key");

  private final String purpose;

  Direction(String wire) {
    this.purpose = "mintlog seal " + wire;
  }

  /** The HKDF info of its keys; never reassigned. */
  String purpose() {
    return purpose;
  }
}
