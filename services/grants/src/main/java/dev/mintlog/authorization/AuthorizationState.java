package dev.mintlog.authorization;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.client.Confirmation;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Where an authorization stands. Transitions are methods on the state they leave; see the package's diagram. */
public sealed interface AuthorizationState {

  /** The client everything of this authorization belongs to. */
  String clientId();

  /** The consent that stands behind it; empty where none was given yet, or none stands any more. */
  default Optional<Consent> consentGiven() {
    return match(
        code -> Optional.of(code.consent()),
        pending -> Optional.<Consent>empty(),
        approved -> Optional.of(approved.consent()),
        refused -> Optional.<Consent>empty(),
        active -> Optional.of(active.consent()),
        revoked -> Optional.<Consent>empty());
  }

  /** The same, of a user; empty also where the client acts for itself, and is what a reference token of its own came of. */
  default Optional<Consent> consentOfUser() {
    return this instanceof Active active && active.origin() == HandleKind.ACCESS_TOKEN
        ? Optional.empty() : consentGiven();
  }

  /** The request that is polled for, while it waits or is decided and not yet redeemed. */
  default Optional<PolledRequest> polledRequest() {
    return match(
        code -> Optional.<PolledRequest>empty(),
        pending -> Optional.of(pending.request()),
        approved -> Optional.of(approved.request()),
        refused -> Optional.of(refused.request()),
        active -> Optional.<PolledRequest>empty(),
        revoked -> Optional.<PolledRequest>empty());
  }

  /** Calls the function of the variant at hand; a new variant becomes a parameter here and breaks every call. */
  default <T> T match(
      Function<CodeIssued, T> codeIssued,
      Function<Pending, T> pending,
      Function<Approved, T> approved,
      Function<Refused, T> refused,
      Function<Active, T> active,
      Function<Revoked, T> revoked) {
    if (this instanceof CodeIssued state) {
      return codeIssued.apply(state);
    }
    if (this instanceof Pending state) {
      return pending.apply(state);
    }
    if (this instanceof Approved state) {
      return approved.apply(state);
    }
    if (this instanceof Refused state) {
      return refused.apply(state);
    }
    if (this instanceof Active state) {
      return active.apply(state);
    }
    return revoked.apply((Revoked) this);
  }

  /**
   * A code was given and not yet presented, RFC 6749 §4.1.2.
   *
   * @param redirectUri the redirect_uri of the authorization request; must be repeated where it was there
   * @param challenge S256 challenge of the authorization request
   * @param expiresAt end of the code's life
   */
  record CodeIssued(
      Consent consent, Optional<String> redirectUri, Optional<CodeChallenge> challenge, Instant expiresAt)
      implements AuthorizationState {

    public Active redeem(Rotation rotation, Optional<Confirmation> sender) {
      return new Active(HandleKind.CODE, consent.boundTo(sender), rotation);
    }

    public Revoked burn(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return consent.clientId();
    }
  }

  /** A request waits for its user, while its client polls for the outcome. */
  record Pending(PolledRequest request, PollClock polls) implements AuthorizationState {

    public Pending polled(PollClock after) {
      return new Pending(request, after);
    }

    public Approved approve(Consent consent) {
      return new Approved(request, consent);
    }

    public Refused refuse() {
      return new Refused(request);
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), request.subject(), reason);
    }

    @Override
    public String clientId() {
      return request.clientId();
    }
  }

  /** The user approved; the next poll redeems. */
  record Approved(PolledRequest request, Consent consent) implements AuthorizationState {

    public Active redeem(Rotation rotation, Optional<Confirmation> sender) {
      return new Active(request.handle(), consent.boundTo(sender), rotation);
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return request.clientId();
    }
  }

  /** The user refused; every poll hears access_denied. */
  record Refused(PolledRequest request) implements AuthorizationState {

    @Override
    public String clientId() {
      return request.clientId();
    }
  }

  /**
   * Redeemed at least once.
   *
   * @param origin the kind of handle that was redeemed first; a refresh token where none was, because the authorization
   *     was born with its tokens; an access token where nothing else was
   * @param references its access tokens that are handles
   */
  record Active(HandleKind origin, Consent consent, Rotation rotation, ReferenceTokens references)
      implements AuthorizationState {

    /** One that has no access token that is a handle. */
    public Active(HandleKind origin, Consent consent, Rotation rotation) {
      this(origin, consent, rotation, ReferenceTokens.NONE);
    }

    public Active rotate(Instant at) {
      return new Active(origin, consent, rotation.next(at), references);
    }

    /** The current handle was presented and given again. */
    public Active giveAgain(Instant at) {
      return new Active(origin, consent, rotation.givenAgain(at), references);
    }

    public Active windowStartsAt(Instant later) {
      return new Active(origin, consent, rotation.windowStartsAt(later), references);
    }

    /** @param terms of an access token that is a handle, numbered by {@link ReferenceTokens#next} */
    public Active withReference(GrantTerms terms) {
      return new Active(origin, consent, rotation, references.with(terms));
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return consent.clientId();
    }
  }

  /** Tombstone: no handle of this authorization is worth anything any more. Final. */
  record Revoked(String clientId, Optional<String> subject, RevocationReason reason) implements AuthorizationState {}
}
