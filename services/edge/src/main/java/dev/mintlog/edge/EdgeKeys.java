package dev.mintlog.edge;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.edge.limit.SignInPolicy;
import dev.mintlog.edge.notification.NotificationKeys;
import dev.mintlog.edge.tls.ClientCertificateKeys;
import dev.mintlog.edge.tls.TlsKeys;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of an edge. */
public final class EdgeKeys {
  private static final List<String> WEB = List.of("http", "https");
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<String> HTTP_HOST =
      ConfigKey.string("http.host", "address that clients are served on").defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> HTTP_PORT =
      ConfigKey.integer("http.port", 0, 65_535, "port that clients are served on; 0 for any free one").defaultsTo(8080);
  public static final ConfigKey<Integer> HTTP_EVENT_LOOPS =
      ConfigKey.integer("http.event-loops", 1, 64, "threads that serve HTTP").defaultsTo(1);
  public static final ConfigKey<URI> PUBLIC_URL =
      ConfigKey.uri("public-url", WEB, "how clients reach the plain paths; never taken from a request")
          .defaultsTo(URI.create("http://localhost:8080"));
  public static final ConfigKey<URI> AUTHORIZATION_ENDPOINT =
      ConfigKey.uri("authorization-endpoint", WEB, "the login application's authorization endpoint, for the metadata")
          .optional();
  public static final ConfigKey<URI> VERIFICATION_URI =
      ConfigKey.uri("verification-uri", WEB,
          "where users enter a user_code, RFC 8628 section 3.2; <public-url>/device where not given; a tenant's name"
              + " follows it").optional();
  public static final ConfigKey<List<String>> TENANT_ALIASES =
      ConfigKey.strings("tenant-aliases",
          "names that stand for a tenant in the paths of Entra ID's clients (docs/entra-style.md), each with the tenant's:"
              + " name=tenant; adfs is the one that /adfs/... is for")
          .defaultsTo(List.of("common=default", "organizations=default", "adfs=default"));
  public static final ConfigKey<List<String>> AUTHORITY_HOSTS =
      ConfigKey.strings("authority-hosts",
          "further hosts, host or host:port, that clients reach the public port by over https: those that have one built in"
              + " and are led here by DNS; what they vouch with may be for it").defaultsTo(List.of());
  public static final ConfigKey<String> LOGIN_HOST =
      ConfigKey.string("login.host", "address of the login application's API; keep it internal")
          .defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> LOGIN_PORT =
      ConfigKey.integer("login.port", 0, 65_535, "port of the login application's API; 0 for any free one")
          .defaultsTo(8081);
  public static final ConfigKey<String> HEALTH_HOST =
      ConfigKey.string("health.host", "address of /health/live and /health/ready").defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> HEALTH_PORT =
      ConfigKey.integer("health.port", 0, 65_535,
          "port of /health/live and /health/ready; 0 for none, the login port serves them too").defaultsTo(8082);

  public static final ConfigKey<Integer> PENDING_REPLIES_MAX =
      ConfigKey.integer("pending-replies.max", 1, 1_000_000, "requests that may wait for a reply; more get 503")
          .defaultsTo(10_000);
  public static final ConfigKey<Integer> PENDING_REPLIES_PER_CLIENT_PERCENT =
      ConfigKey.integer("pending-replies.per-client-percent", 1, 100, "what one client may hold of them")
          .defaultsTo(50);
  public static final ConfigKey<Integer> PENDING_REPLIES_PER_TENANT_PERCENT =
      ConfigKey.integer("pending-replies.per-tenant-percent", 1, 100, "what all clients of one tenant may hold of them")
          .defaultsTo(80);
  public static final ConfigKey<Integer> CLIENT_RATE_LIMIT_PER_SECOND =
      ConfigKey.integer("client-rate-limit.per-second", 0, RateLimit.PER_SECOND_MAX,
          "requests per second of a client without a rateLimit of its own, at each edge; more get 429; 0 for no limit")
          .defaultsTo(0);
  public static final ConfigKey<Integer> CLIENT_RATE_LIMIT_BURST =
      ConfigKey.integer("client-rate-limit.burst", 1, RateLimit.BURST_MAX, "how many of them may come at once")
          .defaultsTo(100);
  public static final ConfigKey<Duration> REPLY_WAIT =
      ConfigKey.duration("reply-wait", Duration.ofSeconds(1), Duration.ofSeconds(30),
          "how long a request waits for its reply; longer than a processor's session timeout and restart")
          .defaultsTo(Duration.ofSeconds(10));
  public static final ConfigKey<Duration> COMMAND_DEADLINE_MARGIN =
      ConfigKey.duration("command-deadline-margin", MILLISECOND, Duration.ofSeconds(10),
          "how long before the end of the wait a grant is refused: the time an answer takes")
          .defaultsTo(Duration.ofSeconds(1));
  public static final ConfigKey<Integer> SLOW_SECRETS_THREADS =
      ConfigKey.integer("slow-secrets.threads", 1, 64, "threads that compare secrets hashed with Argon2id")
          .defaultsTo(1);
  public static final ConfigKey<Integer> SLOW_SECRETS_QUEUE_MAX =
      ConfigKey.integer("slow-secrets.queue-max", 1, 10_000, "comparisons that may wait for them; more get 503")
          .defaultsTo(32);
  public static final ConfigKey<Integer> CLAIMS_PROVIDERS_THREADS =
      ConfigKey.integer("claims-providers.threads", 1, 64, "threads that ask claims providers").defaultsTo(4);
  public static final ConfigKey<Integer> CLAIMS_PROVIDERS_QUEUE_MAX =
      ConfigKey.integer("claims-providers.queue-max", 1, 10_000, "questions that may wait for them; more get 503")
          .defaultsTo(64);
  public static final ConfigKey<Duration> CLAIMS_PROVIDERS_WAIT =
      ConfigKey.duration("claims-providers.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long claims providers have for an answer, time in the queue included; later is 503")
          .defaultsTo(Duration.ofSeconds(1));
  public static final ConfigKey<Integer> EXTENSION_GRANTS_THREADS =
      ConfigKey.integer("extension-grants.threads", 1, 64, "threads that ask extension grants").defaultsTo(4);
  public static final ConfigKey<Integer> EXTENSION_GRANTS_QUEUE_MAX =
      ConfigKey.integer("extension-grants.queue-max", 1, 10_000, "requests that may wait for them; more get 503")
          .defaultsTo(64);
  public static final ConfigKey<Duration> EXTENSION_GRANTS_WAIT =
      ConfigKey.duration("extension-grants.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long an extension grant has for its verdict, time in the queue included; later is 503")
          .defaultsTo(Duration.ofSeconds(2));
  public static final ConfigKey<List<String>> USERS_ACR_VALUES =
      ConfigKey.strings("users.acr-values",
          "acr values that a password satisfies; the first of them that acr_values asks for becomes the acr claim")
          .defaultsTo(List.of("urn:mintlog:acr:password"));
  public static final ConfigKey<Integer> USERS_PASSWORD_THREADS =
      ConfigKey.integer("users.password-threads", 1, 64, "threads that compare passwords with Argon2id").defaultsTo(1);
  public static final ConfigKey<Integer> USERS_PASSWORD_QUEUE_MAX =
      ConfigKey.integer("users.password-queue-max", 1, 10_000, "passwords that may wait for them; more get 503")
          .defaultsTo(32);
  public static final ConfigKey<Integer> USERS_FREE_FAILURES =
      ConfigKey.integer("users.free-failures", 1, 100,
          "wrong passwords for one user after which a delay begins, doubled by each further one; 429 meanwhile")
          .defaultsTo(SignInPolicy.DEFAULT.userFreeFailures());
  public static final ConfigKey<Duration> USERS_DELAY_MAX =
      ConfigKey.duration("users.delay-max", Duration.ofSeconds(1), Duration.ofHours(1),
          "the longest delay for one user; not where that user has signed in from before")
          .defaultsTo(SignInPolicy.DEFAULT.userDelayMax());
  public static final ConfigKey<Integer> USERS_NETWORK_FREE_FAILURES =
      ConfigKey.integer("users.network-free-failures", 1, 100_000,
          "wrong passwords from one network to one client after which a delay begins, doubled by each further one")
          .defaultsTo(SignInPolicy.DEFAULT.networkFreeFailures());
  public static final ConfigKey<Duration> USERS_NETWORK_DELAY_MAX =
      ConfigKey.duration("users.network-delay-max", Duration.ofSeconds(1), Duration.ofHours(1),
          "the longest delay for one network and client; not for users who have signed in from there before")
          .defaultsTo(SignInPolicy.DEFAULT.networkDelayMax());
  public static final ConfigKey<Path> USERS_PROVIDERS_FILE =
      ConfigKey.path("users.providers-file",
          "YAML file of further users: htpasswd files, directories, databases and other providers of Vert.x Auth")
          .example("/etc/mintlog/users.yaml").optional();
  public static final ConfigKey<Integer> USERS_PROVIDERS_THREADS =
      ConfigKey.integer("users.providers-threads", 1, 64, "threads that may block for them").defaultsTo(4);
  public static final ConfigKey<Integer> USERS_PROVIDERS_OUTSTANDING_MAX =
      ConfigKey.integer("users.providers-outstanding-max", 1, 10_000,
          "passwords that each of them may be asked about at one time; more get 503").defaultsTo(32);
  public static final ConfigKey<Duration> USERS_PROVIDERS_WAIT =
      ConfigKey.duration("users.providers-wait", MILLISECOND, Duration.ofSeconds(30),
          "how long they have for an answer; later is 503").defaultsTo(Duration.ofSeconds(3));
  public static final ConfigKey<Duration> USERS_PROVIDERS_REFUSAL_AFTER =
      ConfigKey.duration("users.providers-refusal-after", MILLISECOND, Duration.ofSeconds(10),
          "no refusal of theirs is passed on sooner: they are quicker to know no user than a wrong password")
          .defaultsTo(Duration.ofMillis(500));
  public static final ConfigKey<Boolean> KEY_SETS_ALLOW_PRIVATE_ADDRESSES =
      ConfigKey.bool("key-sets.allow-private-addresses",
          "whether key sets of clients and issuers (jwksUri) are fetched from hosts that are not of the public Internet")
          .defaultsTo(false);
  public static final ConfigKey<Duration> KEY_SETS_WAIT =
      ConfigKey.duration("key-sets.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long the fetch of a key set may take, from the name to the last byte; longer is 503")
          .defaultsTo(Duration.ofSeconds(3));
  public static final ConfigKey<Duration> START_WAIT =
      ConfigKey.duration("start-wait", Duration.ofSeconds(1), Duration.ofMinutes(10),
          "how long a start waits for what it needs").defaultsTo(Duration.ofSeconds(30));

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", HTTP_HOST, HTTP_PORT, HTTP_EVENT_LOOPS, PUBLIC_URL,
          AUTHORIZATION_ENDPOINT, VERIFICATION_URI, TENANT_ALIASES, AUTHORITY_HOSTS, LOGIN_HOST, LOGIN_PORT, HEALTH_HOST, HEALTH_PORT)
      .and(TlsKeys.ALL)
      .and(ClientCertificateKeys.ALL)
      .and(ConnectionKeys.service("edge"))
      .and(ConfigKeys.of("edge", PENDING_REPLIES_MAX, PENDING_REPLIES_PER_CLIENT_PERCENT,
          PENDING_REPLIES_PER_TENANT_PERCENT, CLIENT_RATE_LIMIT_PER_SECOND, CLIENT_RATE_LIMIT_BURST, REPLY_WAIT,
          COMMAND_DEADLINE_MARGIN, SLOW_SECRETS_THREADS, SLOW_SECRETS_QUEUE_MAX, CLAIMS_PROVIDERS_THREADS,
          CLAIMS_PROVIDERS_QUEUE_MAX, CLAIMS_PROVIDERS_WAIT,
          EXTENSION_GRANTS_THREADS, EXTENSION_GRANTS_QUEUE_MAX, EXTENSION_GRANTS_WAIT,
          USERS_ACR_VALUES, USERS_PASSWORD_THREADS, USERS_PASSWORD_QUEUE_MAX, USERS_FREE_FAILURES, USERS_DELAY_MAX,
          USERS_NETWORK_FREE_FAILURES, USERS_NETWORK_DELAY_MAX, USERS_PROVIDERS_FILE, USERS_PROVIDERS_THREADS,
          USERS_PROVIDERS_OUTSTANDING_MAX, USERS_PROVIDERS_WAIT, USERS_PROVIDERS_REFUSAL_AFTER,
          KEY_SETS_ALLOW_PRIVATE_ADDRESSES, KEY_SETS_WAIT, START_WAIT))
      .and(NotificationKeys.ALL);

  private EdgeKeys() {}
}
