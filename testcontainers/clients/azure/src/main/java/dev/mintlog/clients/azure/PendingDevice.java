package dev.mintlog.clients.azure;

import dev.mintlog.clients.deeds.Deed;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A device whose user is looking for the page; there is one at a time. */
final class PendingDevice {
  private static final int PATIENCE_SECONDS = 40;
  private static volatile CompletableFuture<Map<String, String>> tokens = CompletableFuture.failedFuture(
      new IllegalStateException("expected a device that asked before"));

  private PendingDevice() {}

  static Deed identity() {
    return asked -> {
      CompletableFuture<Map<String, String>> shown = new CompletableFuture<>();
      return start(shown, () -> Credentials.token(asked, new Credentials(asked).deviceCode(info -> shown.complete(
          Map.of("user_code", info.getUserCode(), "message", info.getMessage(), "url", info.getVerificationUrl())))));
    };
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
