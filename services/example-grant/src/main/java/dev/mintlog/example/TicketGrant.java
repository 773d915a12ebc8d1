package dev.mintlog.example;

import dev.mintlog.client.GrantType;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.extension.ExtensionRequest;
import dev.mintlog.extension.Verdict;
import dev.mintlog.extension.VerifiedUser;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tokens for the visitor whom a ticket names. */
public final class TicketGrant implements ExtensionGrant {
  /** A ticket that lives longer was printed by mistake. */
  static final Duration LIFETIME_MAX = Duration.ofMinutes(10);

  private static final GrantType TYPE = new GrantType("urn:example:grant-type:ticket");
  private static final String PARAMETER = "ticket";
  /** The same for every ticket that is wrong, so that who guesses learns nothing. */
  private static final String EXPECTED = "expected an unexpired ticket printed for this client, but found another text";

  private final Callable<byte[]> key;

  /** For ServiceLoader. */
  public TicketGrant() {
    this(TicketKey::read);
  }

  TicketGrant(Callable<byte[]> key) {
    this.key = key;
  }

  @Override
  public GrantType type() {
    return TYPE;
  }

  @Override
  public Set<String> parameters() {
    return Set.of(PARAMETER);
  }

  @Override
  public Verdict judge(ExtensionRequest request) throws Exception {
    Optional<String> text = request.parameter(PARAMETER);
    if (text.isEmpty()) {
      return Verdict.invalidRequest("expected the parameter " + PARAMETER + ", but found none");
    }
    Optional<Ticket> ticket = Ticket.parse(text.get());
    return ticket.isPresent() && isGood(ticket.get(), request)
        ? Verdict.forUser(VerifiedUser.of(ticket.get().subject()).authenticatedAt(request.requestedAt()).withAmr("user"))
        : Verdict.invalidGrant(EXPECTED);
  }

  private boolean isGood(Ticket ticket, ExtensionRequest request) throws Exception {
    Instant now = request.requestedAt();
    byte[] expected = Ticket.mac(
        key.call(), request.tenant().name(), request.client().id(), ticket.subject(), ticket.expiresAt());
    // In a time that does not depend on how much of it is right.
    return MessageDigest.isEqual(expected, ticket.mac())
        && now.isBefore(ticket.expiresAt()) && !ticket.expiresAt().isAfter(now.plus(LIFETIME_MAX));
  }
}
