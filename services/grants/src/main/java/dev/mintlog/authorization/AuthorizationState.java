package dev.mintlog.authorization;

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

  /** Calls the function of the variant at hand; a new variant breaks every call at compile time. */
  <T> T match(
      Function<CodeIssued, T> codeIssued,
      Function<DevicePending, T> devicePending,
      Function<DeviceApproved, T> deviceApproved,
      Function<DeviceRefused, T> deviceRefused,
      Function<Active, T> active,
      Function<Revoked, T> revoked);

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

    public Active redeem(Rotation rotation) {
      return new Active(HandleKind.CODE, consent, rotation);
    }

    public Revoked burn(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return consent.clientId();
    }

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return codeIssued.apply(this);
    }
  }

  /** A device waits for its user, RFC 8628 §3.3. */
  record DevicePending(DeviceRequest request, PollClock polls) implements AuthorizationState {

    public DevicePending polled(PollClock after) {
      return new DevicePending(request, after);
    }

    public DeviceApproved approve(Consent consent) {
      return new DeviceApproved(request, consent);
    }

    public DeviceRefused refuse() {
      return new DeviceRefused(request);
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), Optional.empty(), reason);
    }

    @Override
    public String clientId() {
      return request.clientId();
    }

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return devicePending.apply(this);
    }
  }

  /** The user approved; the next poll redeems. */
  record DeviceApproved(DeviceRequest request, Consent consent) implements AuthorizationState {

    public Active redeem(Rotation rotation) {
      return new Active(HandleKind.DEVICE_CODE, consent, rotation);
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return request.clientId();
    }

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return deviceApproved.apply(this);
    }
  }

  /** The user refused; every poll hears access_denied. */
  record DeviceRefused(DeviceRequest request) implements AuthorizationState {

    @Override
    public String clientId() {
      return request.clientId();
    }

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return deviceRefused.apply(this);
    }
  }

  /**
   * Redeemed at least once.
   *
   * @param origin the kind of handle that was redeemed first
   */
  record Active(HandleKind origin, Consent consent, Rotation rotation) implements AuthorizationState {

    public Active rotate(Instant at) {
      return new Active(origin, consent, rotation.next(at));
    }

    public Active windowStartsAt(Instant later) {
      return new Active(origin, consent, rotation.windowStartsAt(later));
    }

    public Revoked revoke(RevocationReason reason) {
      return new Revoked(clientId(), Optional.of(consent.subject()), reason);
    }

    @Override
    public String clientId() {
      return consent.clientId();
    }

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return active.apply(this);
    }
  }

  /** Tombstone: no handle of this authorization is worth anything any more. Final. */
  record Revoked(String clientId, Optional<String> subject, RevocationReason reason) implements AuthorizationState {

    @Override
    public <T> T match(Function<CodeIssued, T> codeIssued, Function<DevicePending, T> devicePending,
        Function<DeviceApproved, T> deviceApproved, Function<DeviceRefused, T> deviceRefused,
        Function<Active, T> active, Function<Revoked, T> revoked) {
      return revoked.apply(this);
    }
  }
}
