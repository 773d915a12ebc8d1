package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.CapturedLog;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.PrintedTickets;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TestExtensionGrant;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.Topics;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Whoever dumps every topic, every Redis key and the logs of the services holds nothing that can be used. */
class AtRestTest {
  private static final String WEB = "https://web.example/callback";

  private final Map<String, String> secrets = new LinkedHashMap<>();

  @Test
  void shouldHoldNoUsableSecretInAnyTopicRedisKeyOrLog() throws Exception {
    try (CapturedLog log = CapturedLog.begin(); RunningSystem system = RunningSystem.withOneOfEach()) {
      // Given every flow
      performEveryFlow(system);

      // When
      List<byte[]> dump = new ArrayList<>();
      for (String topic : List.of(Topics.COMMANDS, Topics.REPLIES, Topics.EVENTS, Topics.AUTHORIZATIONS,
          Topics.COMMANDS_DEAD, Topics.REGISTRY)) {
        new Log(system).records(topic).forEach(record -> dump.addAll(bytes(record)));
      }
      dumpRedis(system, dump);
      // Edge and processor run in this process; what is theirs is logged from its finest level on.
      assertThat(log.lines()).as("the services log").isNotEmpty();
      log.lines().forEach(line -> dump.add(line.getBytes(StandardCharsets.UTF_8)));

      // Then
      assertThat(isIn(dump, "service".getBytes(StandardCharsets.US_ASCII))).as("the scan finds what is there").isTrue();
      secrets.forEach((name, secret) -> {
        assertThat(isIn(dump, secret.getBytes(StandardCharsets.UTF_8))).as(name + " rests as text").isFalse();
        for (byte[] form : rawForms(secret)) {
          assertThat(isIn(dump, form)).as(name + " rests as bytes").isFalse();
        }
      });
    }
  }

  private void performEveryFlow(RunningSystem system) throws Exception {
    system.registry().secrets().forEach((client, secret) -> secrets.put("secret of " + client, secret));
    secrets.put("channel secret", system.channelSecret().text());
    secrets.put("key-encryption key", system.keyEncryptionKey().text());
    keep("client_credentials", system.client("service").clientCredentials());
    keep("reference token", system.client("opaque").clientCredentials());
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);
    secrets.put("code", code);
    secrets.put("code_verifier", pkce.verifier());
    Answer tokens = system.client("web").redeem(code, pkce.verifier(), WEB);
    keep("authorization_code", tokens);
    keep("refresh_token", system.client("web").refresh(tokens.refreshToken()));
    Pkce unused = Pkce.random();
    secrets.put("unspent code", system.loginApplication().code("web", WEB, unused, "nonce", "n-unspent"));
    Answer device = system.publicClient("tv").device();
    secrets.put("device_code", device.text("device_code"));
    secrets.put("user_code", device.text("user_code"));
    secrets.put("user_code without dash", device.text("user_code").replace("-", ""));
    system.loginApplication().approve(device.text("user_code"));
    keep("device_code grant", system.publicClient("tv").poll(device.text("device_code")));
    Answer asked = system.client("bank").backchannel("scope", "openid offline_access orders.read", "login_hint", "ben",
        "user_code", system.registry().secrets().get("ben-argon2"), "binding_message", "ORANGE-2207-KESTREL");
    secrets.put("auth_req_id", asked.text("auth_req_id"));
    system.client("bank").pollBackchannel(asked.text("auth_req_id"));
    secrets.put("binding_message", "ORANGE-2207-KESTREL");
    system.loginApplication().approveBackchannel(
        BackchannelRequests.id(system, asked), Map.of("subject", "s-ben", "amr", List.of("hwk")));
    keep("ciba grant", system.client("bank").pollBackchannel(asked.text("auth_req_id")));
    Answer pinged = system.client("pinged-bank").backchannel("scope", "openid", "login_hint", "ada",
        "client_notification_token", "n0tification-t0ken-of-the-bank");
    secrets.put("auth_req_id in ping mode", pinged.text("auth_req_id"));
    secrets.put("client_notification_token", "n0tification-t0ken-of-the-bank");
    system.loginApplication().approveBackchannel(
        BackchannelRequests.id(system, pinged), Map.of("subject", "s-ada", "amr", List.of("hwk")));
    Answer waiting = system.client("bank").backchannel("scope", "openid", "login_hint", "ada");
    secrets.put("auth_req_id that waits", waiting.text("auth_req_id"));
    String password = system.registry().password("alice");
    keep("password grant", system.client("till").token("password", "username", "alice", "password", password));
    performFlowsOnTokens(system, tokens);
    performFlowsOfProofs(system);
    performFlowsOfOtherTokens(system);
    // Spoilt ones must not rest either.
    system.client("till").token("password", "username", "alice", "password", "wr0ng-passw0rd-of-alice");
    secrets.put("wrong password", "wr0ng-passw0rd-of-alice");
    system.client("web").redeem(code, unused.verifier(), WEB);
    secrets.put("wrong code_verifier", unused.verifier());
  }

  // Tokens that are presented again: exchanged, asked about, ended.
  private void performFlowsOnTokens(RunningSystem system, Answer tokens) {
    Answer own = system.client("own-exchanger").clientCredentials();
    keep("subject_token", own);
    keep("token exchange", system.client("own-exchanger").token("urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token", own.accessToken(),
        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    keep("on behalf of", system.client("orders-backend").token("urn:ietf:params:oauth:grant-type:jwt-bearer",
        "requested_token_use", "on_behalf_of", "assertion", tokens.accessToken(), "scope", "openid offline_access plans.read"));
    assertThat(system.client("web").introspect(tokens.accessToken()).status()).isEqualTo(200);
    Pkce pkce = Pkce.random();
    Answer ended = system.client("web").redeem(system.loginApplication().code("web", WEB, pkce), pkce.verifier(), WEB);
    keep("revoked", ended);
    assertThat(system.client("web").introspect(ended.refreshToken()).status()).isEqualTo(200);
    assertThat(system.client("web").revoke(ended.refreshToken()).status()).isEqualTo(200);
    assertThat(system.client("web").refresh(ended.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  // Handles in place of JWTs, tokens that only their client reads, and answers that are signed.
  private void performFlowsOfOtherTokens(RunningSystem system) throws Exception {
    Answer opaque = signedIn(system, "opaque");
    keep("reference token of a user", opaque);
    keep("reference token at a refresh", system.client("opaque").refresh(opaque.refreshToken()));
    Answer sealed = signedIn(system, "sealed");
    keep("encrypted ID token", sealed);
    JWEObject jwe = JWEObject.parse(sealed.text("id_token"));
    jwe.decrypt(new ECDHDecrypter(system.registry().decryptionKey("sealed-ec").toECKey()));
    secrets.put("ID token that was encrypted", jwe.getPayload().toString());
    Answer told = system.client("web").with("Accept", "application/token-introspection+jwt")
        .introspect(signedIn(system, "web").accessToken());
    assertThat(told.header("Content-Type")).contains("application/token-introspection+jwt");
    secrets.put("signed introspection", told.http().body());
  }

  private static Answer signedIn(RunningSystem system, String client) {
    Pkce pkce = Pkce.random();
    String id = client.equals("sealed") ? "sealed-ec" : client;
    String redirectUri = "https://" + client + ".example/callback";
    String code = system.loginApplication().code(id, redirectUri, pkce);
    return system.client(id).redeem(code, pkce.verifier(), redirectUri);
  }

  // Credentials that an edge judges and nobody else sees.
  private void performFlowsOfProofs(RunningSystem system) {
    String assertion = WrittenAssertion.of("signer", system.publicUrl() + "/connect/token", Instant.now())
        .claim("jti", "jti-of-the-scan-0123456789").signed(system.registry().assertionKeys().ec(), "ES256");
    secrets.put("client_assertion", assertion);
    secrets.put("jti of the client_assertion", "jti-of-the-scan-0123456789");
    for (int expected : new int[] {200, 400}) {
      assertThat(RawConnection.exchange(system.edge(), RawRequest.clientCredentials()
          .and("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
          .and("client_assertion", assertion)).status()).as("presented once, and again").isEqualTo(expected);
    }
    String grant = WrittenAssertion.of("https://idp.example", system.publicUrl(), Instant.now()).claim("sub", "s-ada")
        .claim("jti", "jti-of-the-grant-0123456789").signed(system.registry().assertionKeys().ec(), "ES256");
    secrets.put("assertion", grant);
    secrets.put("jti of the assertion", "jti-of-the-grant-0123456789");
    keep("jwt-bearer", system.client("federated").token("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", grant));
    assertThat(system.client("federated").token("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", grant).error())
        .as("presented again").isEqualTo("invalid_grant");
    String proof = DpopKey.random().proof(
        system.publicUrl() + "/connect/token", claims -> claims.jwtID("jti-of-the-proof-0123456789"));
    secrets.put("DPoP proof", proof);
    secrets.put("jti of the DPoP proof", "jti-of-the-proof-0123456789");
    TokenClient proving = system.client("service").with("DPoP", proof);
    keep("DPoP", proving.clientCredentials());
    assertThat(proving.clientCredentials().error()).isEqualTo("invalid_dpop_proof");
    String mac = WrittenAssertion.of("mac-signer", system.publicUrl() + "/connect/token", Instant.now())
        .signed(system.registry().client("mac-signer").secret().getBytes(StandardCharsets.UTF_8), "HS256");
    secrets.put("client_assertion with a MAC", mac);
    keep("client_secret_jwt", new TokenClient(system.edge(), "mac-signer", Optional.empty()).clientCredentials(
        "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", mac));
    String ticket = PrintedTickets.print("desk", "visitor", Instant.now().plusSeconds(60));
    secrets.put("ticket", ticket.substring(ticket.lastIndexOf(':') + 1));
    keep("extension grant", system.client("desk").token(PrintedTickets.GRANT_TYPE, "ticket", ticket));
    String repeated = "credential-that-an-extension-repeats";
    secrets.put("refused credential", repeated);
    for (String behaviour : List.of("unknown", "fail")) {
      assertThat(system.client("desk")
          .token(TestExtensionGrant.TYPE, "behaviour", behaviour, "credential", repeated).status()).isNotEqualTo(200);
    }
  }

  private void keep(String flow, Answer answer) {
    assertThat(answer.status()).as(flow + ": " + answer).isEqualTo(200);
    secrets.put(flow + " access_token", answer.accessToken());
    String signature = answer.accessToken().substring(answer.accessToken().lastIndexOf('.') + 1);
    secrets.put(flow + " signature", signature);
    if (answer.has("refresh_token")) {
      secrets.put(flow + " refresh_token", answer.refreshToken());
    }
    if (answer.has("id_token")) {
      secrets.put(flow + " id_token", answer.text("id_token"));
    }
  }

  // A handle's secret could rest without the rest of it: its sixteen bytes, or their text.
  private static List<byte[]> rawForms(String secret) {
    if (!secret.matches("[A-Za-z0-9_-]{43,}")) {
      return List.of();
    }
    byte[] raw = Base64.getUrlDecoder().decode(secret);
    List<byte[]> forms = new ArrayList<>(List.of(raw));
    if (raw.length == 41) {
      byte[] inner = Arrays.copyOfRange(raw, 4, 20);
      forms.add(inner);
      forms.add(Base64.getUrlEncoder().withoutPadding().encode(inner));
    }
    return forms;
  }

  private static List<byte[]> bytes(ConsumerRecord<byte[], byte[]> record) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(record.key() == null ? new byte[0] : record.key());
    parts.add(record.value() == null ? new byte[0] : record.value());
    record.headers().forEach(header -> parts.add(header.value()));
    return parts;
  }

  private static void dumpRedis(RunningSystem system, List<byte[]> dump) throws Exception {
    RedisClient client = RedisClient.create(system.redis().uri());
    try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
      List<byte[]> keys = connection.sync().keys("*");
      assertThat(keys).as("Redis holds states").isNotEmpty();
      for (byte[] key : keys) {
        dump.add(key);
        dump.add(connection.sync().get(key));
      }
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
    // The append-only file remembers what was overwritten since.
    try (var files = Files.walk(system.redis().dir())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        dump.add(Files.readAllBytes(file));
      }
    }
  }

  private static boolean isIn(List<byte[]> dump, byte[] wanted) {
    return dump.stream().anyMatch(bytes -> contains(bytes, wanted));
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
