package dev.mintlog.client;

import java.util.Set;

/**
 * Which tokens a client may exchange, RFC 8693, and for what.
 *
 * @param subjectClients clients whose tokens it may exchange, beside its own
 * @param impersonation whether it may have a token that does not name it as actor, §1.1
 * @param delegation whether it may have a token that names an actor, §1.1
 */
public record ExchangePolicy(Set<String> subjectClients, boolean impersonation, boolean delegation) {
  public static final ExchangePolicy NONE = new ExchangePolicy(Set.of(), false, false);

  public ExchangePolicy {
    subjectClients = Set.copyOf(subjectClients);
  }
}
