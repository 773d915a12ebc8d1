package dev.mintlog.system;

import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Everything that is redeemed once. A new kind of it is one more constant here. */
enum SingleUseCredential {
  AUTHORIZATION_CODE(0, "invalid_grant") {
    @Override
    Redemption obtain(RunningSystem system) {
      Pkce pkce = Pkce.random();
      String code = system.loginApplication().code("web", WEB, pkce);
      return new Redemption(system.client("web"), () -> system.client("web").redeemAsync(code, pkce.verifier(), WEB));
    }
  },

  REFRESH_TOKEN(1, "invalid_grant") {
    @Override
    Redemption obtain(RunningSystem system) {
      String refreshToken = TokenClient.join(AUTHORIZATION_CODE.obtain(system).redeem()).refreshToken();
      return new Redemption(system.client("web"), () -> system.client("web").refreshAsync(refreshToken));
    }
  },

  DEVICE_CODE(0, "invalid_grant") {
    @Override
    Redemption obtain(RunningSystem system) {
      Answer device = system.publicClient("tv").device();
      requireDone(system.loginApplication().approve(device.text("user_code")));
      return new Redemption(system.publicClient("tv"), () -> system.publicClient("tv").tokenAsync(
          "urn:ietf:params:oauth:grant-type:device_code", "device_code", device.text("device_code")));
    }
  },

  AUTH_REQ_ID(0, "invalid_grant") {
    @Override
    Redemption obtain(RunningSystem system) {
      Answer asked = system.client("bank")
          .backchannel("scope", "openid offline_access orders.read", "login_hint", "ada");
      requireDone(system.loginApplication().approveBackchannel(
          BackchannelRequests.id(system, asked), Map.of("subject", "s-ada", "amr", List.of("hwk"))));
      return new Redemption(system.client("bank"), () -> system.client("bank").tokenAsync(
          "urn:openid:params:grant-type:ciba", "auth_req_id", asked.text("auth_req_id")));
    }
  },

  /** Its {@code jti} is what is spent. */
  CLIENT_ASSERTION(0, "invalid_client") {
    @Override
    Redemption obtain(RunningSystem system) {
      TokenClient signer = new TokenClient(system.edge(), "signer", Optional.empty());
      String assertion = WrittenAssertion.of("signer", system.publicUrl() + "/connect/token", Instant.now())
          .signed(system.registry().assertionKeys().ec(), "ES256");
      return new Redemption(signer, () -> signer.tokenAsync("client_credentials",
          "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          "client_assertion", assertion));
    }
  },

  /** Its {@code jti} is what is spent. */
  DPOP_PROOF(0, "invalid_dpop_proof") {
    @Override
    Redemption obtain(RunningSystem system) {
      TokenClient service = system.client("service")
          .with("DPoP", DpopKey.random().proof(system.publicUrl() + "/connect/token"));
      return new Redemption(service, () -> service.tokenAsync("client_credentials"));
    }
  },

  /** Its {@code jti} is what is spent. */
  ASSERTION(0, "invalid_grant") {
    @Override
    Redemption obtain(RunningSystem system) {
      String assertion = WrittenAssertion.of("https://idp.example", system.publicUrl(), Instant.now())
          .claim("sub", "s-ada").signed(system.registry().assertionKeys().ec(), "ES256");
      return new Redemption(system.client("federated"), () -> system.client("federated").tokenAsync(
          "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion));
    }
  };

  private static final String WEB = "https://web.example/callback";

  private final int issuedBefore;
  private final String refusal;

  SingleUseCredential(int issuedBefore, String refusal) {
    this.issuedBefore = issuedBefore;
    this.refusal = refusal;
  }

  /** A new one, ready to be redeemed. */
  abstract Redemption obtain(RunningSystem system);

  /** How many tokens its authorization has issued before it is redeemed. */
  int issuedBefore() {
    return issuedBefore;
  }

  /** The error of who comes after it was redeemed. */
  String refusal() {
    return refusal;
  }

  /** What is got for it, and got once: a refresh handle, which a repeated answer repeats, or else the token itself. */
  static String successor(Answer granted) {
    return granted.has("refresh_token") ? granted.refreshToken() : granted.accessToken();
  }

  /**
   * A credential in a client's hand.
   *
   * @param client who got it
   * @param presentation sends it, each time anew
   */
  record Redemption(TokenClient client, Supplier<CompletableFuture<Answer>> presentation) {
    CompletableFuture<Answer> redeem() {
      return presentation.get();
    }
  }

  private static void requireDone(Answer decision) {
    if (decision.status() != 200) {
      throw new AssertionError("expected a decision to be taken, but found " + decision);
    }
  }
}
