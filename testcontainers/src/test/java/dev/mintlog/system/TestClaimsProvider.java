package dev.mintlog.system;

import dev.mintlog.claims.ClaimsProvider;
import dev.mintlog.claims.ClaimsRequest;
import dev.mintlog.client.ClaimValues;
import java.util.concurrent.CountDownLatch;

/** Knows a tier of everybody, more than it is asked for, and two users who bring it to its limits. */
public final class TestClaimsProvider implements ClaimsProvider {

  @Override
  public String name() {
    return "tiers";
  }

  @Override
  public ClaimValues claims(ClaimsRequest request) throws Exception {
    switch (request.subject()) {
      case "provider-sleeps" -> new CountDownLatch(1).await();
      case "provider-fails" -> throw new IllegalStateException("expected to know, but does not");
      default -> { }
    }
    return ClaimValues.NONE.withText("tier", "gold for " + request.client().id()).withText("unwanted", "x");
  }
}
