package dev.mintlog.schema;

/** Names of the topics. What each holds, and for how long, is in docs/topics.md. */
public final class Topics {
  /** Commands, keyed by authorization; append time is the broker's. */
  public static final String COMMANDS = "token-commands";
  /** Answers; each edge reads one partition. */
  public static final String REPLIES = "token-replies";
  /** The audit's own: every state change has an event here. */
  public static final String EVENTS = "token-events";
  /** Changelog of authorizations: what Redis is rebuilt from. */
  public static final String AUTHORIZATIONS = "authorizations";
  /** Commands that could not be read or authenticated. */
  public static final String COMMANDS_DEAD = "token-commands-dead";
  /** Tenants, clients, API resources, users, keys: compacted, one partition. */
  public static final String REGISTRY = "registry";

  private Topics() {}
}
