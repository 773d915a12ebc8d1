package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.proof.token.AccessToken;
import java.util.function.Consumer;

/** What the {@code token} of a revocation (RFC 7009 §2.1) or of an introspection (RFC 7662 §2.1) turned out to be. */
public sealed interface PresentedToken {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Access> access, Consumer<Reference> reference, Consumer<Refresh> refresh, Consumer<Unknown> unknown);

  /** An access token of this tenant's issuer that has not expired. */
  record Access(AccessToken token) implements PresentedToken {
    @Override
    public void match(Consumer<Access> access, Consumer<Reference> reference, Consumer<Refresh> refresh,
        Consumer<Unknown> unknown) {
      access.accept(this);
    }
  }

  /** An access token of this tenant that is a handle. Whose it is and what it was granted, the state says. */
  record Reference(AuthorizationId authorization, int number) implements PresentedToken {
    @Override
    public void match(Consumer<Access> access, Consumer<Reference> reference, Consumer<Refresh> refresh,
        Consumer<Unknown> unknown) {
      reference.accept(this);
    }
  }

  /** A refresh handle of this tenant. Whose it is, the state says. */
  record Refresh(AuthorizationId authorization, int generation) implements PresentedToken {
    @Override
    public void match(Consumer<Access> access, Consumer<Reference> reference, Consumer<Refresh> refresh,
        Consumer<Unknown> unknown) {
      refresh.accept(this);
    }
  }

  /** None of this tenant's, or none any more: forged, expired, an ID token, a code, another issuer's. */
  record Unknown() implements PresentedToken {
    @Override
    public void match(Consumer<Access> access, Consumer<Reference> reference, Consumer<Refresh> refresh,
        Consumer<Unknown> unknown) {
      unknown.accept(this);
    }
  }
}
