package dev.mintlog.clients.azure;

import com.azure.core.credential.TokenCredential;
import dev.mintlog.clients.deeds.Deed;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A device whose user is looking for the page; there is one at a time. */
final class PendingDevice {
  private static final int PATIENCE_SECONDS = 40;
  private static volatile CompletableFuture<Map<String, String>> tokens = CompletableFuture.failedFuture(
      new IllegalStateException("expected a device that asked before"));

  private PendingDevice() {}

  static Deed identity() {
    return asked -> {
      CompletableFuture<Map<String, String>> shown = new CompletableFuture<>();
      return start(shown, () -> twice(asked, shown));
    };
  }

  // The second time it has the token still, or renews it where it is about to end.
  private static Map<String, String> twice(
      Map<String, String> asked, CompletableFuture<Map<String, String>> shown) {
    AtomicInteger prompts = new AtomicInteger();
    TokenCredential credential = new Credentials(asked).deviceCode(info -> {
      prompts.incrementAndGet();
      shown.complete(
          Map.of("user_code", info.getUserCode(), "message", info.getMessage(), "url", info.getVerificationUrl()));
    });
    Map<String, String> tokens = new HashMap<>(Credentials.token(asked, credential));
    tokens.put("renewed", Credentials.token(asked, credential).get("access_token"));
    tokens.put("prompts", prompts.toString());
    return tokens;
  }

  static Deed msal() {
    return asked -> {
      CompletableFuture<Map<String, String>> shown = new CompletableFuture<>();
      return start(shown, () -> Msal.with(asked).deviceCode(code -> shown.complete(
          Map.of("user_code", code.userCode(), "message", code.message(), "url", code.verificationUri()))));
    };
  }

  /** Waits until the libraries have polled long enough. */
  static Deed tokens() {
    return asked -> tokens.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static Map<String, String> start(
      CompletableFuture<Map<String, String>> shown, java.util.concurrent.Callable<Map<String, String>> login)
      throws Exception {
    CompletableFuture<Map<String, String>> result = new CompletableFuture<>();
    tokens = result;
    Thread device = new Thread(() -> {
      try {
        result.complete(login.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
        shown.completeExceptionally(e);
      }
    }, "device");
    device.setDaemon(true);
    device.start();
    return shown.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
