package dev.mintlog.system;

import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.GrantType;
import dev.mintlog.extension.ExtensionGrant;
import dev.mintlog.extension.ExtensionRequest;
import dev.mintlog.extension.Verdict;
import dev.mintlog.extension.VerifiedUser;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Does what the request says, to show what becomes of an extension that behaves so. */
public final class TestExtensionGrant implements ExtensionGrant {
  static final String TYPE = "urn:mintlog:test:grant-type:scripted";

  @Override
  public GrantType type() {
    return new GrantType(TYPE);
  }

  @Override
  public Set<String> parameters() {
    return Set.of("behaviour", "credential");
  }

  @Override
  public Verdict judge(ExtensionRequest request) throws Exception {
    String credential = request.parameter("credential").orElse("none");
    return switch (request.parameter("behaviour").orElse("")) {
      case "user" -> Verdict.forUser(VerifiedUser.of(credential));
      case "claims" -> Verdict.forUser(VerifiedUser.of("carla")
          .withClaims(ClaimValues.NONE.withText("tier", "bronze").withText("unwanted", "x")));
      case "client" -> Verdict.forClient();
      case "sleep" -> {
        new CountDownLatch(1).await();
        yield Verdict.forClient();
      }
      case "fail" -> throw new IllegalStateException("of " + credential);
      default -> Verdict.invalidGrant("expected a behaviour known here, but found " + credential);
    };
  }
}
