package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.runtime.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 8705: clients proved by certificates, and tokens bound to them. */
class MutualTlsTest {
  private static final String HEADER = "X-Client-Cert";
  private static final String SELF = "https://self.example/callback";
  private static final String SPA = "https://tls-spa.example/callback";
  private static final RunningSystem SYSTEM = RunningSystem.shared();
  private static final MadeCertificate SERVER = MadeCertificate.server("CN=server");
  private static final MadeCertificate AUTHORITY = MadeCertificate.authority("CN=authority");
  private static final MadeCertificate SERVICE = AUTHORITY.issue("CN=tls-service,O=Example");
  private static final MadeCertificate SELF_SIGNED = SYSTEM.registry().certificate("tls-self");

  @TempDir static Path dir;
  private static Edge tls;
  private static Edge behindUs;
  private static Edge behindAnother;

  @BeforeAll
  static void start() throws Exception {
    SERVER.writeTo(dir.resolve("tls.crt"), dir.resolve("tls.key"));
    Path authorities = Files.writeString(dir.resolve("ca.crt"), AUTHORITY.pem());
    tls = edge(Map.of("public-url", "https://127.0.0.1:8443", "http.tls.client-auth", "requested",
        "http.tls.certificate", dir.resolve("tls.crt").toString(),
        "http.tls.private-key", dir.resolve("tls.key").toString(),
        "http.client-certificates.authorities", authorities.toString()));
    behindUs = edge(Map.of("http.client-certificates.authorities", authorities.toString(),
        "http.client-certificates.header", HEADER, "http.client-certificates.proxies", "127.0.0.1"));
    behindAnother = edge(Map.of("http.client-certificates.authorities", authorities.toString(),
        "http.client-certificates.header", HEADER, "http.client-certificates.proxies", "192.0.2.1"));
  }

  @AfterAll
  static void stop() {
    for (Edge edge : new Edge[] {tls, behindUs, behindAnother}) {
      if (edge != null) {
        edge.close();
      }
    }
  }

  private static Edge edge(Map<String, String> more) throws InterruptedException {
    Map<String, String> texts = SYSTEM.edgeTexts(0);
    texts.putAll(more);
    return Edge.start(Settings.of(EdgeKeys.ALL, texts));
  }

  @Nested
  class TlsClientAuth {
    @Test
    void shouldAuthenticateAClientByTheNameInACertificateOfAnAuthority() throws Exception {
      Answer answer = clientCredentials("tls-service", SERVICE);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.text("token_type")).isEqualTo("Bearer");
      assertThat(SYSTEM.relyingParty().verified(answer.accessToken()).getSubject()).isEqualTo("tls-service");
      assertThat(boundTo(answer)).isEqualTo(SERVICE.thumbprint());
    }

    @Test
    void shouldAuthenticateAClientByAnAlternativeName() throws Exception {
      MadeCertificate named =
          AUTHORITY.issue("CN=any", new GeneralName(GeneralName.dNSName, "other.client.example"));

      Answer answer = clientCredentials("tls-other", named);

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(SYSTEM.relyingParty().verified(answer.accessToken()).getClaim("cnf")).isNull();
    }

    @Test
    void shouldRefuseTheSameNameByAnotherAuthorityOrBySelf() throws Exception {
      MadeCertificate other = MadeCertificate.authority("CN=authority");
      refused("invalid_client", clientCredentials("tls-service", other.issue("CN=tls-service,O=Example")));
      refused("invalid_client",
          clientCredentials("tls-service", MadeCertificate.selfSigned("CN=tls-service,O=Example")));
    }

    @Test
    void shouldRefuseTheCertificateOfAnotherClient() throws Exception {
      refused("invalid_client", clientCredentials("tls-other", SERVICE));
      refused("invalid_client", clientCredentials("tls-self", SERVICE));
    }

    @Test
    void shouldRefuseWhoGivesNoCertificateOrASecret() throws Exception {
      refused("invalid_client", token(SERVER.trustedBy(Optional.empty()), "client_id", "tls-service",
          "grant_type", "client_credentials"));
      refused("invalid_client", token(SERVER.trustedBy(Optional.of(SERVICE)), "client_id", "tls-service",
          "client_secret", "guessed", "grant_type", "client_credentials"));
    }

    @Test
    void shouldNotTakeACertificateForAClientThatHasASecret() throws Exception {
      refused("invalid_client", clientCredentials("service", SERVICE));
    }
  }

  @Nested
  class SelfSignedTlsClientAuth {
    @Test
    void shouldAuthenticateAClientByEachOfItsCertificates() throws Exception {
      for (String name : new String[] {"tls-self", "tls-self-next"}) {
        Answer answer = clientCredentials("tls-self", SYSTEM.registry().certificate(name));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(boundTo(answer)).isEqualTo(SYSTEM.registry().certificate(name).thumbprint());
      }
    }

    @Test
    void shouldRefuseTheCertificateOfAnotherClientAndAnotherOfTheSameName() throws Exception {
      refused("invalid_client", clientCredentials("tls-self", SYSTEM.registry().certificate("tls-self-other")));
      refused("invalid_client", clientCredentials("tls-self-other", SELF_SIGNED));
      refused("invalid_client", clientCredentials("tls-self", MadeCertificate.selfSigned("CN=tls-self")));
    }
  }

  @Nested
  class ACertificateInAHeader {
    @Test
    void shouldCountFromANamedProxy() throws Exception {
      Answer answer = passedOn(behindUs, SELF_SIGNED, "client_id", "tls-self", "grant_type", "client_credentials");

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(boundTo(answer)).isEqualTo(SELF_SIGNED.thumbprint());
      assertThat(passedOn(behindUs, SERVICE, "client_id", "tls-service", "grant_type", "client_credentials").status())
          .isEqualTo(200);
    }

    @Test
    void shouldCountForNothingFromAnyOtherAddress() throws Exception {
      for (MadeCertificate certificate : new MadeCertificate[] {SELF_SIGNED, SERVICE}) {
        String client = certificate == SERVICE ? "tls-service" : "tls-self";
        refused("invalid_client",
            passedOn(behindAnother, certificate, "client_id", client, "grant_type", "client_credentials"));
        refused("invalid_client",
            sent(SERVER.trustedBy(Optional.empty()), URI.create("https://127.0.0.1:" + tls.port()), certificate,
                "client_id", client, "grant_type", "client_credentials"));
      }
    }

    @Test
    void shouldNotReplaceTheCertificateOfTheHandshake() throws Exception {
      // A client that has a certificate of its own claims another's by the header.
      refused("invalid_client", sent(SERVER.trustedBy(Optional.of(SERVICE)),
          URI.create("https://127.0.0.1:" + tls.port()), SELF_SIGNED,
          "client_id", "tls-self", "grant_type", "client_credentials"));
    }
  }

  @Nested
  class ABoundToken {
    @Test
    void shouldBeRefusedToWhoHasNoCertificate() throws Exception {
      Pkce pkce = Pkce.random();
      String code = SYSTEM.loginApplication().code("tls-spa", SPA, pkce);

      refused("invalid_request", redeem(Optional.empty(), "tls-spa", code, pkce, SPA));
      assertThat(redeem(Optional.of(SERVICE), "tls-spa", code, pkce, SPA).status()).as("the code lives").isEqualTo(200);
    }

    @Test
    void shouldStayBoundThroughRefreshesOfAPublicClient() throws Exception {
      MadeCertificate own = MadeCertificate.selfSigned("CN=phone");
      Pkce pkce = Pkce.random();
      String code = SYSTEM.loginApplication().code("tls-spa", SPA, pkce);
      Answer first = redeem(Optional.of(own), "tls-spa", code, pkce, SPA);
      assertThat(boundTo(first)).isEqualTo(own.thumbprint());

      // A thief of the refresh token has another certificate, or none.
      refused("invalid_grant", refresh(Optional.of(MadeCertificate.selfSigned("CN=phone")), "tls-spa", first));
      refused("invalid_request", refresh(Optional.empty(), "tls-spa", first));

      Answer second = refresh(Optional.of(own), "tls-spa", first);
      assertThat(second.status()).as(second.toString()).isEqualTo(200);
      assertThat(boundTo(second)).isEqualTo(own.thumbprint());
      refused("invalid_grant", refresh(Optional.of(SERVICE), "tls-spa", second));
      assertThat(refresh(Optional.of(own), "tls-spa", second).status()).as("nothing was revoked").isEqualTo(200);
    }

    /** RFC 9449 §5: a proof says which key is meant, also beside a certificate. */
    @Test
    void shouldBeBoundToTheKeyOfAProofWhereThereIsOne() throws Exception {
      DpopKey key = DpopKey.random();

      Answer answer = proving(SERVICE, key, "client_id", "tls-service", "grant_type", "client_credentials");

      assertThat(answer.text("token_type")).as(answer.toString()).isEqualTo("DPoP");
      assertThat(SYSTEM.relyingParty().verified(answer.accessToken()).getJSONObjectClaim("cnf"))
          .isEqualTo(Map.of("jkt", key.thumbprint()));
    }

    @Test
    void shouldNotChangeTheKindOfItsProof() throws Exception {
      Pkce pkce = Pkce.random();
      String code = SYSTEM.loginApplication().code("tls-self", SELF, pkce);
      Answer first = redeem(Optional.of(SELF_SIGNED), "tls-self", code, pkce, SELF);

      refused("invalid_request", proving(SELF_SIGNED, DpopKey.random(), "client_id", "tls-self",
          "grant_type", "refresh_token", "refresh_token", first.refreshToken()));
      assertThat(refresh(Optional.of(SELF_SIGNED), "tls-self", first).status()).isEqualTo(200);
    }

    @Test
    void shouldFollowTheCertificateThatAConfidentialClientRenews() throws Exception {
      MadeCertificate next = SYSTEM.registry().certificate("tls-self-next");
      Pkce pkce = Pkce.random();
      String code = SYSTEM.loginApplication().code("tls-self", SELF, pkce);
      Answer first = redeem(Optional.of(SELF_SIGNED), "tls-self", code, pkce, SELF);

      Answer second = refresh(Optional.of(next), "tls-self", first);

      assertThat(boundTo(second)).isEqualTo(next.thumbprint());
      refused("invalid_client", refresh(Optional.of(SERVICE), "tls-self", second));
    }
  }

  @Nested
  class UserInfo {
    @Test
    void shouldTellWhoHasTheCertificateOfTheToken() throws Exception {
      Answer tokens = tokens();

      Answer told = userInfo(Optional.of(SELF_SIGNED), "Bearer " + tokens.accessToken());

      assertThat(told.status()).as(told.toString()).isEqualTo(200);
      assertThat(told.text("sub")).isEqualTo(LoginApplication.SUBJECT);
    }

    /** RFC 8705 §3: "it MUST respond with an HTTP 401 status code and the invalid_token error code". */
    @Test
    void shouldRefuseAnotherCertificateNoneAndAnotherScheme() throws Exception {
      String token = tokens().accessToken();

      for (Answer refused : new Answer[] {userInfo(Optional.of(SERVICE), "Bearer " + token),
          userInfo(Optional.of(MadeCertificate.selfSigned("CN=tls-self")), "Bearer " + token),
          userInfo(Optional.empty(), "Bearer " + token), userInfo(Optional.of(SELF_SIGNED), "DPoP " + token)}) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
        assertThat(refused.error()).isEqualTo("invalid_token");
        assertThat(refused.header("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
      }
    }

    private Answer tokens() throws Exception {
      Pkce pkce = Pkce.random();
      Answer created = SYSTEM.loginApplication().create("tls-self", SELF, pkce, "scope", "openid");
      Answer tokens = redeem(Optional.of(SELF_SIGNED), "tls-self", created.text("code"), pkce, SELF);
      assertThat(boundTo(tokens)).isEqualTo(SELF_SIGNED.thumbprint());
      return tokens;
    }

    private Answer userInfo(Optional<MadeCertificate> certificate, String authorization) throws Exception {
      return Answer.of(SERVER.trustedBy(certificate).send(
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tls.port() + "/connect/userinfo"))
              .timeout(Duration.ofSeconds(40)).header("Authorization", authorization).build(),
          BodyHandlers.ofString()));
    }
  }

  @Test
  void shouldSayInTheMetadataWhatWorksHere() throws Exception {
    assertThat(metadata(SERVER.trustedBy(Optional.empty()), "https://127.0.0.1:" + tls.port()))
        .contains("\"tls_client_auth\"", "\"self_signed_tls_client_auth\"",
            "\"tls_client_certificate_bound_access_tokens\":true");
    assertThat(metadata(HttpClient.newHttpClient(), SYSTEM.edge().toString()))
        .doesNotContain("tls_client_auth").contains("\"tls_client_certificate_bound_access_tokens\":false");
  }

  private static String metadata(HttpClient client, String edge) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create(edge + "/.well-known/oauth-authorization-server")).build(),
        BodyHandlers.ofString()).body();
  }

  private static Answer redeem(Optional<MadeCertificate> certificate, String client, String code, Pkce pkce,
      String redirectUri) throws Exception {
    return token(SERVER.trustedBy(certificate), "client_id", client, "grant_type", "authorization_code", "code", code,
        "code_verifier", pkce.verifier(), "redirect_uri", redirectUri);
  }

  private static Answer refresh(Optional<MadeCertificate> certificate, String client, Answer tokens) throws Exception {
    return token(SERVER.trustedBy(certificate), "client_id", client, "grant_type", "refresh_token",
        "refresh_token", tokens.refreshToken());
  }

  private static Answer clientCredentials(String client, MadeCertificate certificate) throws Exception {
    return token(SERVER.trustedBy(Optional.of(certificate)), "client_id", client, "grant_type", "client_credentials");
  }

  private static Answer token(HttpClient client, String... fields) throws Exception {
    return Answer.of(client.send(request(URI.create("https://127.0.0.1:" + tls.port()), fields).build(),
        BodyHandlers.ofString()));
  }

  private static Answer proving(MadeCertificate certificate, DpopKey key, String... fields) throws Exception {
    return Answer.of(SERVER.trustedBy(Optional.of(certificate)).send(
        request(URI.create("https://127.0.0.1:" + tls.port()), fields)
            .header("DPoP", key.proof("https://127.0.0.1:8443/connect/token")).build(), BodyHandlers.ofString()));
  }

  /** As a proxy on this machine passes a certificate on. */
  private static Answer passedOn(Edge edge, MadeCertificate certificate, String... fields) throws Exception {
    return sent(HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + edge.port()), certificate, fields);
  }

  private static Answer sent(HttpClient client, URI edge, MadeCertificate inHeader, String... fields) throws Exception {
    String header = URLEncoder.encode(inHeader.pem(), StandardCharsets.US_ASCII);
    return Answer.of(client.send(request(edge, fields).header(HEADER, header).build(), BodyHandlers.ofString()));
  }

  private static HttpRequest.Builder request(URI edge, String... fields) {
    return HttpRequest.newBuilder(edge.resolve("/connect/token")).timeout(Duration.ofSeconds(40))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(TokenClient.form(TokenClient.fields(fields))));
  }

  private static Object boundTo(Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    Map<String, Object> cnf = SYSTEM.relyingParty().verified(answer.accessToken()).getJSONObjectClaim("cnf");
    assertThat(cnf).containsOnlyKeys("x5t#S256");
    return cnf.get("x5t#S256");
  }

  private static void refused(String error, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
  }
}
