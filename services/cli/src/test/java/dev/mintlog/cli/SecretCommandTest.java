package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.secret.ClientSecretHash;
import dev.mintlog.registry.secret.SealedSecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SecretCommandTest {
  private static final String CHOSEN = "a secret that a client has already";

  private final RootSecret former = RootSecret.random(new SecureRandom());
  private final RootSecret current = RootSecret.random(new SecureRandom());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine mintlog = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

  @TempDir
  private Path dir;
  private String config;

  @BeforeEach
  void configure() throws IOException {
    config = Files.writeString(dir.resolve("mintlog.yaml"), "channel.secret: " + current.text()
        + "\nchannel.accepted-secrets: [" + former.text() + "]\n").toString();
  }

  @Test
  void shouldPrintASecretAndItsHash() {
    assertThat(mintlog.execute("secret")).isEqualTo(ExitCodes.DONE);

    assertThat(ClientSecretHash.parse(printed("hash:   ")).verify(printed("secret: "))).isTrue();
  }

  @Test
  void shouldPrintASecretSealedForItsClient() {
    assertThat(mintlog.execute("secret", "--seal", "default/app", "--config", config)).isEqualTo(ExitCodes.DONE);

    assertThat(opened(printed("sealed: "), "app")).contains(printed("secret: "));
    assertThat(opened(printed("sealed: "), "other")).isEmpty();
  }

  @Test
  void shouldSealASecretThatIsTypedWithoutPrintingIt() {
    assertThat(mintlog.execute("secret", "--seal", "default/app", "--typed=" + CHOSEN, "--config", config))
        .isEqualTo(ExitCodes.DONE);

    assertThat(opened(printed("sealed: "), "app")).contains(CHOSEN);
    assertThat(out.toString()).doesNotContain(CHOSEN);
  }

  @Test
  void shouldSealAnewWhatWasSealedUnderAFormerChannelSecret() throws IOException {
    // Given
    Path before = Files.writeString(dir.resolve("former.yaml"), "channel.secret: " + former.text() + "\n");
    mintlog.execute("secret", "--seal", "default/app", "--typed=" + CHOSEN, "--config", before.toString());
    String sealed = printed("sealed: ");
    out.getBuffer().setLength(0);

    // When
    mintlog.execute("secret", "--seal", "default/app", "--typed=" + sealed, "--config", config);

    // Then
    assertThat(printed("sealed: ")).isNotEqualTo(sealed);
    assertThat(opened(printed("sealed: "), "app")).contains(CHOSEN);
  }

  @Test
  void shouldRefuseInOneLineThatDoesNotRepeatTheSecret() {
    for (List<String> wrong : List.of(List.of("--seal", "app"), List.of("--seal", "default/app", "--typed=short"),
        List.of("--seal", "default/app", "--typed=sealed:" + "A".repeat(80)))) {
      err.getBuffer().setLength(0);
      mintlog.execute(java.util.stream.Stream.of(List.of("secret"), wrong, List.of("--config", config))
          .flatMap(List::stream).toArray(String[]::new));

      assertThat(err.toString().lines()).as(wrong.toString()).hasSize(1);
      assertThat(err.toString()).doesNotContain("short").doesNotContain("AAAA");
    }
    assertThat(out.toString()).isEmpty();
  }

  private String printed(String label) {
    return out.toString().lines().filter(line -> line.startsWith(label)).findFirst().orElseThrow()
        .substring(label.length());
  }

  private Optional<String> opened(String sealed, String client) {
    return new SealedSecret(sealed).open(new Opener(SecretRing.of(current), Direction.CLIENT_SECRET), "default", client)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}
