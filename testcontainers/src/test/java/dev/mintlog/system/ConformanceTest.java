package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.TestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * docs/conformance.md is generated of conformance.txt: run with {@code -Dmintlog.docs.write=true} to write it. Each of
 * its rows names the test that shows it on the running system.
 */
class ConformanceTest {
  private static final String SOURCE = "testcontainers/src/test/resources/conformance.txt";
  private static final Path DOCUMENT = Checkout.resolve("docs/conformance.md");
  private static final String TESTS = "testcontainers/src/test/java/dev/mintlog/";
  private static final List<String> ROOMS = List.of("system", "clients");

  /**
   * Parameters that the documents of Duende IdentityServer's and IdentityServer4's token endpoints name, and those of the
   * other grants and endpoints here.
   */
  private static final List<String> PARAMETERS = List.of("client_id", "client_secret", "grant_type", "scope",
      "redirect_uri", "code", "code_verifier", "username", "password", "acr_values", "tenant:NAME", "idp:NAME",
      "refresh_token", "device_code", "auth_req_id", "resource", "client_assertion", "client_assertion_type",
      "assertion", "subject_token", "subject_token_type", "actor_token", "actor_token_type", "requested_token_type", "audience",
      "authorization_details", "login_hint", "login_hint_token", "id_token_hint", "binding_message", "user_code",
      "requested_expiry", "client_notification_token", "token", "token_type_hint", "DPoP");

  /** Errors that no decision of ours names: those of edges, and those of the two servers that are answered otherwise. */
  private static final List<String> FURTHER_ERRORS = List.of("use_dpop_nonce", "invalid_token", "insufficient_scope",
      "unsupported_token_type", "invalid_binding_message", "unknown_user_id", "missing_user_code",
      "invalid_user_code", "expired_login_hint_token");

  private record Row(String input, String ours, String rule, String peers, String testClass, String method) {
    static Row of(String line) {
      String[] cells = line.split(" \\| ", -1);
      assertThat(cells).as(line).hasSize(5).noneMatch(String::isBlank);
      String[] test = cells[4].strip().split("#");
      assertThat(test).as(line).hasSize(2);
      return new Row(cells[0], cells[1], cells[2], cells[3].equals("=") ? "the same" : cells[3], test[0], test[1]);
    }

    String markdown() {
      return "| " + String.join(" | ", input, ours, rule, peers,
          "[" + testClass + "](../" + path() + ") " + method) + " |\n";
    }

    String path() {
      return ROOMS.stream().map(room -> TESTS + room + "/" + testClass + ".java")
          .filter(path -> new TestSource(path).exists()).findFirst()
          .orElseThrow(() -> new AssertionError("Expected a test " + testClass + " in one of " + ROOMS + ", but found none"));
    }
  }

  @Test
  void shouldBeWrittenDownAsItIsTested() throws IOException {
    String document = document();
    if (Boolean.getBoolean("mintlog.docs.write")) {
      Files.writeString(DOCUMENT, document);
    }

    assertThat(Files.readString(DOCUMENT)).as("%s is generated; write it anew with mvn -pl testcontainers -am"
        + " package -Dtest=ConformanceTest -Dmintlog.docs.write=true", DOCUMENT).isEqualTo(document);
  }

  @TestFactory
  Stream<DynamicTest> shouldHaveARowForEveryGrantParameterMethodAndError() {
    String rows = String.join("\n", lines().stream().filter(line -> !line.startsWith("#")).toList());
    return Stream.of(PARAMETERS.stream(), Stream.of(TokenError.values()).map(TokenError::code), FURTHER_ERRORS.stream(),
            grants(), ClientAuthenticator.methodNames().stream(), Stream.of("tls_client_auth", "self_signed_tls_client_auth"))
        .flatMap(names -> names)
        .map(name -> DynamicTest.dynamicTest(name, () -> assertThat(rows)
            .containsPattern("(?m)^([^|\\n]*\\|)?[^|\\n]*(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")));
  }

  @TestFactory
  Stream<DynamicTest> shouldNameATestForEachRow() {
    return lines().stream().filter(line -> !line.startsWith("#")).map(Row::of)
        .map(row -> DynamicTest.dynamicTest(row.input(), () -> assertThat(isTest(row)).as("%s#%s is a test",
            row.testClass(), row.method()).isTrue()));
  }

  /** All that the core has a name for. */
  private static Stream<String> grants() {
    return Stream.of(GrantType.class.getFields()).filter(field -> field.getType() == GrantType.class).map(field -> {
      try {
        return ((GrantType) field.get(null)).value();
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    });
  }

  private static boolean isTest(Row row) {
    return new TestSource(row.path()).hasTest(row.method());
  }

  private static String document() {
    StringBuilder text = new StringBuilder("""
        # Conformance

        What is sent, what it is answered, which rule that follows, what Duende IdentityServer 8 and IdentityServer4 do,
        and the test that shows it on the running system. Generated by `ConformanceTest` of `%s`.
        """.formatted(SOURCE));
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        text.append("\n").append(line).append("\n\n| input | ours | rule | the peers | shown by |\n")
            .append("| --- | --- | --- | --- | --- |\n");
      } else if (!line.startsWith("#")) {
        text.append(Row.of(line).markdown());
      }
    }
    return text.toString();
  }

  private static List<String> lines() {
    return Checkout.read(SOURCE).lines().filter(line -> !line.isBlank()).toList();
  }
}
