package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.proof.client.ClientCertificate;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.tls.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates in a header: of a named proxy they count, of anybody else they do not. RFC 8705 §6.5, RFC 9440. */
class PassedOnCertificatesTest {
  private static final String HEADER = "X-Client-Cert";
  private static final String FORM =
      "grant_type=client_credentials&client_id=bound&client_secret=" + TestRegistry.SECRET;

  private TestCertificate client;
  private ServedEdge edge;

  @BeforeEach
  void make() throws Exception {
    client = TestCertificate.of("client");
  }

  @AfterEach
  void stop() throws Exception {
    edge.close();
  }

  @Test
  void shouldBindToTheCertificateThatANamedProxyPassesOn() throws Exception {
    behind("127.0.0.1");

    for (String value : new String[] {
        URLEncoder.encode(pem(), StandardCharsets.US_ASCII),
        // As some proxies write it: a space as %20, and no plus is encoded.
        URLEncoder.encode(pem(), StandardCharsets.US_ASCII).replace("+CERT", "%20CERT").replace("%2B", "+"),
        ":" + Base64.getEncoder().encodeToString(client.certificate().getEncoded()) + ":"}) {
      CompletableFuture<HttpResponse<String>> answer = edge.postForm("/connect/token", FORM, HEADER, value);
      InMemoryCommandLog.Appended command = edge.answerNext(granted());

      assertThat(command.header().getConfirmation().getMethod()).isEqualTo("x5t#S256");
      assertThat(command.header().getConfirmation().getThumbprint())
          .isEqualTo(new ClientCertificate(List.of(client.certificate()))
              .confirmation().thumbprint());
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(new JsonObject(answer.get().body()).getString("token_type")).isEqualTo("Bearer");
    }
  }

  @Test
  void shouldIgnoreTheHeaderFromAnyOtherAddress() throws Exception {
    behind("192.0.2.1");

    refused(encodedPem(), "invalid_request", "found none");
  }

  @Test
  void shouldIgnoreTheHeaderWhereNoneIsConfigured() throws Exception {
    edge = new ServedEdge();

    refused(encodedPem(), "invalid_request", "found none");
  }

  @Test
  void shouldTakeAnEmptyHeaderForNoCertificate() throws Exception {
    behind("127.0.0.1");

    refused("", "invalid_request", "found none");
  }

  @Test
  void shouldRefuseWhatIsNoCertificate() throws Exception {
    behind("127.0.0.1");

    for (String value : new String[] {"nonsense", "%zz", ":AAAA:", ":", "(null)"}) {
      refused(value, "invalid_client", HEADER);
    }
  }

  @Test
  void shouldRefuseTwoHeaders() throws Exception {
    behind("127.0.0.1");

    HttpResponse<String> answer =
        edge.postFormNow("/connect/token", FORM, HEADER, encodedPem(), HEADER, encodedPem());

    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("invalid_client");
  }

  @Test
  void shouldSayInTheMetadataWhatWorks() throws Exception {
    behind("127.0.0.1");

    JsonObject metadata = new JsonObject(edge.now(java.net.http.HttpRequest.newBuilder(
        edge.url("/.well-known/oauth-authorization-server"))).body());

    assertThat(metadata.getBoolean("tls_client_certificate_bound_access_tokens")).isTrue();
    assertThat(metadata.getJsonArray("token_endpoint_auth_methods_supported"))
        .contains("self_signed_tls_client_auth").doesNotContain("tls_client_auth");
  }

  private void behind(String proxy) throws Exception {
    edge = new ServedEdge(
        new ClientCertificates(false, Optional.of(HEADER), Set.of(InetAddress.getByName(proxy)), false));
  }

  private void refused(String header, String error, String description) throws Exception {
    HttpResponse<String> answer = edge.postFormNow("/connect/token", FORM, HEADER, header);

    JsonObject json = new JsonObject(answer.body());
    assertThat(json.getString("error")).as(answer.body()).isEqualTo(error);
    assertThat(json.getString("error_description")).contains(description);
    assertThat(edge.log.isEmpty()).isTrue();
  }

  private String encodedPem() throws Exception {
    return URLEncoder.encode(pem(), StandardCharsets.US_ASCII);
  }

  private String pem() throws Exception {
    return TestCertificate.pem("CERTIFICATE", client.certificate().getEncoded());
  }

  private static Reply granted() {
    return new Reply.Granted("a.b.c", Optional.empty(), 60, "api.read", OptionalInt.empty());
  }
}
