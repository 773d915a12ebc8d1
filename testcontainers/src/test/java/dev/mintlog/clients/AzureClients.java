package dev.mintlog.clients;

import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.Forwarder;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Microsoft's libraries in a JVM of their own, which trusts the authority of a system over TLS. */
final class AzureClients {
  static final String SCOPE = "https://orders.example/.default";
  private static final String MAIN = "dev.mintlog.clients.azure.AzureClient";

  private AzureClients() {}

  static ClientProcess start(Map<String, String> environment, RunningSystem trusted) {
    return ClientProcess.start("azure", MAIN, environment, trusted.authority().jvmOptions());
  }

  /** Finds Mintlog at port 443 of {@code localhost}, by way of a proxy. */
  static ClientProcess startBehind(Forwarder proxy, RunningSystem trusted) {
    return ClientProcess.start("azure", MAIN, Map.of(),
        Stream.of(trusted.authority().jvmOptions(), proxy.jvmOptions()).flatMap(Stream::of).toArray(String[]::new));
  }

  /** What every deed needs to know; names and values of more alternate. */
  static Map<String, String> request(RunningSystem system, String clientId, String... more) {
    Map<String, String> request = new HashMap<>(
        Map.of("host", system.publicUrl(), "tenant", "default", "client_id", clientId, "scope", SCOPE));
    request.putAll(TokenClient.fields(more));
    return request;
  }

  static Map<String, String> withSecret(RunningSystem system, String clientId, String... more) {
    Map<String, String> request = request(system, clientId, more);
    request.putIfAbsent("secret", system.registry().client(clientId).secret());
    return request;
  }

  /** A code for alice, and how it is redeemed. */
  static Map<String, String> withCode(RunningSystem system, String clientId, String redirectUri, Pkce pkce) {
    return withSecret(system, clientId, "code",
        system.loginApplication().code(clientId, redirectUri, pkce, "scope",
            "openid profile offline_access orders.read"),
        "redirect_uri", redirectUri, "code_verifier", pkce.verifier());
  }

  /** A token of the identity {@code service}, which the agent that the environment names hands out. */
  static Map<String, String> ofManagedIdentity(
      RunningSystem system, String deed, Map<String, String> environment) {
    try (ClientProcess workload = start(environment, system)) {
      return workload.does(deed, Map.of("client_id", "service", "scope", SCOPE));
    }
  }

  /** The certificate that certified-signer is registered with, and its key. */
  static Map<String, String> withCertificate(RunningSystem system, Path dir) {
    MadeCertificate certificate = system.registry().assertionKeys().certificate();
    try {
      Path pem = Files.writeString(dir.resolve("client.pem"), certificate.keyPem() + certificate.pem());
      return request(system, "certified-signer", "pem_file", pem.toString(), "certificate", certificate.pem(),
          "private_key", Base64.getEncoder().encodeToString(certificate.keys().getPrivate().getEncoded()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a platform such as GitHub Actions or Kubernetes gives the workload that is registered. */
  static String ofThePlatform(RunningSystem system, Instant expiresAt) {
    return WrittenAssertion.of("repo:org/x:ref:refs/heads/main", "api://exchange", expiresAt.minusSeconds(600))
        .claim("iss", "https://platform.example").claim("exp", expiresAt.getEpochSecond())
        .signed(system.registry().assertionKeys().rsa(), "RS256");
  }
}
