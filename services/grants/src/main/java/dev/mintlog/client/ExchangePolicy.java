package dev.mintlog.client;

import java.util.Set;

/**
 * Which tokens a client may exchange, RFC 8693, and for what.
 *
 * @param subjectClients clients whose tokens it may exchange, beside its own
 * @param impersonation whether it may have a token that does not name it as actor, §1.1
 * @param delegation whether it may have a token that names an actor, §1.1
 * @param audiences the API resources that it is: what a user's access token for one of them is for, it may go on to do on
 *     the user's behalf ({@code requested_token_use=on_behalf_of})
 */
public record ExchangePolicy(
    Set<String> subjectClients, boolean impersonation, boolean delegation, Set<String> audiences) {
  public static final ExchangePolicy NONE = new ExchangePolicy(Set.of(), false, false, Set.of());

  public ExchangePolicy {
    subjectClients = Set.copyOf(subjectClients);
    audiences = Set.copyOf(audiences);
  }

  /** Of a client that is no API resource. */
  public ExchangePolicy(Set<String> subjectClients, boolean impersonation, boolean delegation) {
    this(subjectClients, impersonation, delegation, Set.of());
  }
}
