package dev.mintlog.registry.client;

import java.util.Optional;

/** Whom an assertion may name as its subject, RFC 7523 §3. */
public enum SubjectRule {
  /** Nobody beside the client that made it. */
  NONE("none"),
  /** A registered user who is enabled. */
  REGISTERED("registered"),
  /** Whoever the issuer says, unless a client has that name. */
  ANY("any");

  private final String text;

  SubjectRule(String text) {
    this.text = text;
  }

  /** As it is written in the registry. */
  public String text() {
    return text;
  }

  public static Optional<SubjectRule> of(String text) {
    for (SubjectRule rule : values()) {
      if (rule.text.equals(text)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
