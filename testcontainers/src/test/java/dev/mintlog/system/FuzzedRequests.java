package dev.mintlog.system;

import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.TestRegistry;
import dev.mintlog.fixture.TokenClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Makes requests up around those that work: each part is right often enough that the parts behind it are reached, and
 * wrong in every way that came to mind. A seed and a number make the same request again.
 */
final class FuzzedRequests {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final String[] METHODS = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post",
      "POSTPOST", "BREW", "M-SEARCH", "PROPFIND", "x"};
  private static final String[] PATHS = {"/connect/token", "/oauth2/token", "/connect/deviceauthorization",
      "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/.well-known/jwks.json",
      "/connect/token/", "/connect//token", "/connect/token;a=b", "/CONNECT/TOKEN", "/connect/tok%65n",
      "/connect/%2e%2e/token", "/connect/token%00", "/connect/token.json", "/", "*", "//", "/..",
      "/login/authorizations", "/health/live", "/device", "/default/connect/token", "/connect/authorize",
      "http://localhost/connect/token", "http://", "connect/token", "/%", "/%zz"};
  private static final String[] CONTENT_TYPES = {"application/x-www-form-urlencoded;charset=UTF-8",
      "APPLICATION/X-WWW-FORM-URLENCODED", "application/x-www-form-urlencoded; charset=utf-16", "application/json",
      "multipart/form-data; boundary=b", "text/plain", "", ";", "application/x-www-form-urlencoded, text/html", "*/*",
      "a/b/c"};
  private static final String[] HEADERS = {"Accept: application/json", "Accept: */*;q=x", "Origin: https://app.example",
      "Cookie: a=b; c", "Connection: keep-alive", "Connection: close", "Connection: upgrade, x", "Upgrade: websocket",
      "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Content-Encoding: gzip", "Accept-Encoding: gzip, br;q=2",
      "X-Forwarded-Host: a.example", "X-Forwarded-For: 1.2.3.4, ::1", "Forwarded: for=\"_x\"", "Range: bytes=0-1",
      "If-None-Match: *", "If-Modified-Since: yesterday", "DPoP: x.y.z", "Transfer-Encoding: identity",
      "Expect: 100-continue", "Expect: more", "Max-Forwards: 0", "TE: trailers", "Trailer: x", "Date: 0",
      "X-HTTP-Method-Override: GET", "traceparent: 00-0-0-0", "Access-Control-Request-Method: POST"};
  private static final String[] NAMES = {"grant_type", "client_id", "client_secret", "scope", "code", "redirect_uri",
      "code_verifier", "refresh_token", "device_code", "resource", "audience", "client_assertion",
      "client_assertion_type", "username", "password", "assertion", "request", "claims", "acr_values", "nonce", "state",
      "user_code", "auth_req_id"};
  private static final String[] SECRET_NAMES = {"client_secret", "code", "code_verifier", "refresh_token",
      "device_code", "password", "client_assertion", "user_code", "auth_req_id"};
  private static final String[] GRANT_TYPES = {"client_credentials", "authorization_code", "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code", "password", "implicit", "urn:openid:params:grant-type:ciba",
      "device_code"};
  private static final String[] CLIENTS = {"service", "service-es256", "web", "spa", "tv", "slow-tv", "disabled",
      "no-scopes", "expired-secret", "odd+client%41", "nobody", "login", "service-argon2"};
  private static final String[] SCOPES = {"orders.read", "openid", "orders.read orders.read", "unknown", "  ", "\"",
      "a\\b", "mintlog.login", "openid profile offline_access", "*"};
  private static final String[] ODD = {"", " ", "\0", "\u00fc", "\ud83d\ude00", "\r\n", "\r\nSet-Cookie: a=b",
      "<script>", "'\"", "${jndi:ldap://x}", "../../etc/passwd", "%s%n%d", "{}", "[]", "null", "-1", "9".repeat(400),
      "\u202e", "\uffff", "a&b=c;d"};

  private final long seed;
  private final TestRegistry registry;
  private final List<String> liveHandles;

  /** @param liveHandles codes, refresh tokens and verifiers that work, or did before they were used */
  FuzzedRequests(long seed, TestRegistry registry, List<String> liveHandles) {
    this.seed = seed;
    this.registry = registry;
    this.liveHandles = liveHandles;
  }

  FuzzCase get(int number) {
    Making making = new Making(new Random((seed ^ number) * SPREAD + number));
    return making.random.nextInt(5) == 0 ? making.garbage() : making.wellFormed();
  }

  /** One request in the making. */
  private final class Making {
    private final Random random;
    private final List<String> secrets = new ArrayList<>();

    private Making(Random random) {
      this.random = random;
    }

    FuzzCase wellFormed() {
      RawRequest request = oneIn(6) ? nearlyRight() : request();
      byte[] bytes = oneIn(5) ? request.chunked(1 + random.nextInt(5_000)) : request.bytes();
      return new FuzzCase(bytes, true, request.method().equals("HEAD"), secrets);
    }

    FuzzCase garbage() {
      byte[] bytes = switch (random.nextInt(8)) {
        case 0 -> randomBytes(random.nextInt(3_000));
        case 1 -> withBody().at("/connect/token?" + "q".repeat(random.nextInt(20_000))).bytes();
        case 2 -> withBody().header("X-" + "n".repeat(random.nextInt(20_000)), "v".repeat(random.nextInt(20_000)))
            .bytes();
        case 3 -> withBody()
            .header("Content-Length", pick("-1", "x", "", "0x10", "99999999999999999999", "1, 1", "+5", "5 5"))
            .bytes();
        case 4 -> withBody()
            .header("Transfer-Encoding", pick("chunked", "x", "chunked, chunked", "chunked\0", "gzip")).bytes();
        default -> withBody().bytes();
      };
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes = mutated(bytes);
      }
      return new FuzzCase(bytes, false, false, secrets);
    }

    // An answer to HEAD cannot be told from others by its looks.
    private RawRequest withBody() {
      RawRequest request = request();
      return request.method().equals("HEAD") ? request.method("GET") : request;
    }

    // Something that works, with at most one thing added that should change nothing.
    private RawRequest nearlyRight() {
      RawRequest request = switch (random.nextInt(6)) {
        case 0 -> RawRequest.of(pick("GET", "HEAD"),
            pick("/.well-known/openid-configuration", "/.well-known/jwks.json"));
        case 1 -> RawRequest.tokenForm("client_id=slow-tv&scope=orders.read").at("/connect/deviceauthorization");
        case 2 -> RawRequest.of("GET", "/connect/deviceauthorization?client_id=slow-tv");
        case 3 -> RawRequest.token("grant_type", "refresh_token", "client_id", "spa", "refresh_token",
            secret(liveHandle()));
        case 4 -> RawRequest.clientCredentials().and("client_id", "service")
            .and("client_secret", secret(registered("service")));
        default -> RawRequest.clientCredentials().basic("service", secret(registered("service")));
      };
      return switch (random.nextInt(4)) {
        case 0 -> request.header(token(), visible(random.nextInt(200)));
        case 1 -> request.line(pick(HEADERS));
        case 2 -> request.body().length == 0 ? request : request.and(secret(text(30)), oddText());
        default -> request;
      };
    }

    private String liveHandle() {
      return liveHandles.get(random.nextInt(liveHandles.size()));
    }

    private RawRequest request() {
      RawRequest request = RawRequest.of(oneIn(12) ? pick(METHODS) : "POST", target());
      if (!oneIn(20)) {
        request = request.header("Content-Type", oneIn(10) ? pick(CONTENT_TYPES) : "application/x-www-form-urlencoded");
      }
      for (int i = oneIn(3) ? random.nextInt(6) : 0; i > 0; i--) {
        request = oneIn(3) ? request.header(token(), visible(random.nextInt(200))) : request.line(pick(HEADERS));
      }
      for (int i = oneIn(2) ? 1 + (oneIn(20) ? 1 : 0) : 0; i > 0; i--) {
        request = request.line((oneIn(5) ? "authorization: " : "Authorization: ") + authorization());
      }
      return request.body(body());
    }

    private String target() {
      String path = oneIn(6) ? pick(PATHS) : "/connect/token";
      path = oneIn(30) ? "/connect/" + visible(random.nextInt(60)).replace(' ', '+') : path;
      String query = new String(form(), StandardCharsets.ISO_8859_1).replaceAll("[^\\x21-\\x7e]", "%");
      return oneIn(8) ? path + "?" + query : path;
    }

    private String authorization() {
      String id = pick(CLIENTS);
      return switch (random.nextInt(10)) {
        case 0 -> "Basic " + secret(base64(randomBytes(random.nextInt(60))));
        case 1 -> "Basic " + visible(random.nextInt(60));
        case 2 -> pick("Basic", "Bearer ", "bearer", "Digest ", "Negotiate ", "DPoP ", "") + " " + secret(text(30));
        case 3 -> "Basic " + base64((id + ":" + secret(text(20))).getBytes(StandardCharsets.UTF_8));
        case 4 -> TokenClient.basic(id, oddText());
        case 5 -> TokenClient.basic(oddText(), secret(text(20)));
        default -> TokenClient.basic(id, secret(registered(id)));
      };
    }

    private byte[] body() {
      if (oneIn(150)) {
        return filled(64 * 1024 - 10 + random.nextInt(20));
      }
      return switch (random.nextInt(25)) {
        case 0 -> new byte[0];
        case 1 -> randomBytes(random.nextInt(2_000));
        case 2 -> "{\"grant_type\":\"client_credentials\"}".getBytes(StandardCharsets.UTF_8);
        case 3 -> mutated(form());
        case 4 -> oneIn(20) ? filled(random.nextInt(400_000)) : form();
        default -> form();
      };
    }

    private byte[] form() {
      ByteArrayOutputStream form = new ByteArrayOutputStream();
      if (!oneIn(10)) {
        parameter(form, "grant_type", oneIn(15) ? oddText() : pick(GRANT_TYPES));
      }
      if (oneIn(3)) {
        String id = pick(CLIENTS);
        parameter(form, "client_id", id);
        if (oneIn(2)) {
          parameter(form, "client_secret", secret(oneIn(2) ? registered(id) : text(40)));
        }
      }
      for (int i = random.nextInt(oneIn(100) ? 400 : 5); i > 0; i--) {
        parameter(form);
      }
      return form.toByteArray();
    }

    private void parameter(ByteArrayOutputStream form) {
      switch (random.nextInt(8)) {
        case 0 -> parameter(form, pick(NAMES), oddText());
        case 1 -> parameter(form, oddText(), oddText());
        case 2 -> parameter(form, secret(text(oneIn(20) ? 10_000 : 30)), text(10));
        case 3 -> parameter(form, "scope", pick(SCOPES));
        case 4 -> parameter(form, pick(SECRET_NAMES), secret(liveHandle()));
        case 5 -> form.writeBytes(pick("&", "&&", "=", "&=", "&%", "&a=%4", "&%zz=1", "&x=%ff", "&x=%00", "&x=%c0%80")
            .getBytes(StandardCharsets.US_ASCII));
        case 6 -> {
          form.write('&');
          form.writeBytes(randomBytes(random.nextInt(30)));
        }
        default -> parameter(form, pick(SECRET_NAMES), secret(text(43 + random.nextInt(90))));
      }
    }

    private void parameter(ByteArrayOutputStream form, String name, String value) {
      String encoded = TokenClient.form(TokenClient.fields(name, value));
      form.writeBytes(((form.size() == 0 ? "" : "&") + encoded).getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] mutated(byte[] bytes) {
      if (bytes.length == 0) {
        return randomBytes(5);
      }
      int at = random.nextInt(bytes.length);
      int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
      byte[] before = Arrays.copyOf(bytes, at);
      byte[] cut = Arrays.copyOfRange(bytes, at, at + length);
      byte[] after = Arrays.copyOfRange(bytes, at + length, bytes.length);
      return switch (random.nextInt(6)) {
        case 0 -> joined(before, after);
        case 1 -> joined(before, cut, cut, after);
        case 2 -> joined(before, randomBytes(length), after);
        case 3 -> joined(before, randomBytes(1 + random.nextInt(20)), cut, after);
        case 4 -> before;
        default -> joined(before, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))},
            Arrays.copyOfRange(bytes, at + 1, bytes.length));
      };
    }

    private byte[] filled(int bytes) {
      byte[] form = form();
      byte[] filler = new byte[Math.max(0, bytes - form.length)];
      Arrays.fill(filler, (byte) 'f');
      return joined(form, filler);
    }

    private String secret(String text) {
      if (text.length() >= 12) {
        secrets.add(text);
      }
      return text;
    }

    // What is registered is a secret wherever it goes; where none is, one that fits nobody.
    private String registered(String id) {
      String name = id.startsWith("odd") ? "odd-argon2" : id;
      boolean slow = name.endsWith("-argon2");
      return registry.secrets().containsKey(name) && !(slow && !oneIn(5)) ? registry.client(name).secret() : text(30);
    }

    private String oddText() {
      return oneIn(4) ? text(random.nextInt(60)) : pick(ODD);
    }

    private String text(int length) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(length)).substring(0, length);
    }

    private String visible(int length) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) ('!' + random.nextInt('~' - '!' + 1)));
      }
      return text.toString();
    }

    private String token() {
      return "X-" + text(1 + random.nextInt(oneIn(20) ? 400 : 20));
    }

    private byte[] randomBytes(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    private boolean oneIn(int n) {
      return random.nextInt(n) == 0;
    }

    private String pick(String... texts) {
      return texts[random.nextInt(texts.length)];
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
