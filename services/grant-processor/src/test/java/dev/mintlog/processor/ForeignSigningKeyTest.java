package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.TokenReply;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signing key is published that one processor can open and another cannot. */
class ForeignSigningKeyTest {
  private static final String SECOND_TENANT = """
      - name: second
        issuer: https://second.example
        apiResources: [{name: api, scopes: [read]}]
        clients:
        - id: service
          grantTypes: [client_credentials]
          allowedScopes: [read]
          secrets: [{hash: 'sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]
      """;

  @TempDir
  Path dir;

  @Test
  void shouldLeaveToAnotherWhatItCannotSign() throws Exception {
    try (RealParts parts = new RealParts(dir)) {
      // Given
      RootSecret newKey = RootSecret.random(new SecureRandom());
      RootSecret oldKey = parts.keyEncryption.current();
      String publicKeys = RegistryKeys.publicKeyText(oldKey) + "," + RegistryKeys.publicKeyText(newKey);
      long revision = parts.apply(RealParts.REGISTRY);
      List<String> ends = new CopyOnWriteArrayList<>();
      GrantProcessor cannot =
          parts.processor(StepObserver.NONE, ends::add, Map.of("registry.public-key", publicKeys));
      GrantProcessor can = parts.processor(StepObserver.NONE, ends::add, Map.of("registry.public-key", publicKeys,
          "key-encryption.key", newKey.text(), "key-encryption.accepted-keys", oldKey.text()));
      cannot.start();
      try (TestEdge edge = new TestEdge(parts, revision)) {
        // When
        edge.revision = parts.apply(RealParts.REGISTRY + SECOND_TENANT, new SecretRing(newKey, List.of(oldKey)));
        CommandHeader header = edge.header("service", Duration.ofSeconds(40));
        header.setTenant("second");
        CompletableFuture<TokenReply> waits =
            edge.send("second/" + header.getCommandId(), header, new RequestClientCredentials(header, null));
        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> ends.size() == 1);
        assertThat(ends.get(0)).contains("key-encryption.accepted-keys").contains("second").doesNotContain("\n");
        assertThat(cannot.health().report().ready()).isFalse();
        assertThat(cannot.health().report().json()).contains("\"signing-keys\":\"expected signing key");
        cannot.close();
        assertThat(waits).isNotDone();
        // When
        can.start();
        // Then
        assertThat(waits.get(30, TimeUnit.SECONDS).getOutcome()).isEqualTo("granted");
      } finally {
        can.close();
        cannot.close();
      }
    }
  }
}
