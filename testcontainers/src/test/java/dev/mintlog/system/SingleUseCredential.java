package dev.mintlog.system;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Everything that is redeemed once. A new kind of it is one more constant here. */
enum SingleUseCredential {
  AUTHORIZATION_CODE(0) {
    @Override
    Redemption obtain(RunningSystem system) {
      Pkce pkce = Pkce.random();
      String code = system.loginApplication().code("web", WEB, pkce);
      return new Redemption(system.client("web"), () -> system.client("web").redeemAsync(code, pkce.verifier(), WEB));
    }
  },

  REFRESH_TOKEN(1) {
    @Override
    Redemption obtain(RunningSystem system) {
      String refreshToken = TokenClient.join(AUTHORIZATION_CODE.obtain(system).redeem()).refreshToken();
      return new Redemption(system.client("web"), () -> system.client("web").refreshAsync(refreshToken));
    }
  },

  DEVICE_CODE(0) {
    @Override
    Redemption obtain(RunningSystem system) {
      Answer device = system.publicClient("tv").device();
      requireDone(system.loginApplication().approve(device.text("user_code")));
      return new Redemption(system.publicClient("tv"), () -> system.publicClient("tv").tokenAsync(
          "urn:ietf:params:oauth:grant-type:device_code", "device_code", device.text("device_code")));
    }
  },

  AUTH_REQ_ID(0) {
    @Override
    Redemption obtain(RunningSystem system) {
      Answer asked = system.client("bank")
          .backchannel("scope", "openid offline_access orders.read", "login_hint", "ada");
      requireDone(system.loginApplication().approveBackchannel(
          BackchannelRequests.id(system, asked), Map.of("subject", "s-ada", "amr", List.of("hwk"))));
      return new Redemption(system.client("bank"), () -> system.client("bank").tokenAsync(
          "urn:openid:params:grant-type:ciba", "auth_req_id", asked.text("auth_req_id")));
    }
  };

  private static final String WEB = "https://web.example/callback";

  private final int issuedBefore;

  SingleUseCredential(int issuedBefore) {
    this.issuedBefore = issuedBefore;
  }

  /** A new one, ready to be redeemed. */
  abstract Redemption obtain(RunningSystem system);

  /** How many tokens its authorization has issued before it is redeemed. */
  int issuedBefore() {
    return issuedBefore;
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
