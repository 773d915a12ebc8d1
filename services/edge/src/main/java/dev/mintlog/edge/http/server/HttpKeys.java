package dev.mintlog.edge.http.server;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;
import java.util.List;

/** The settings of the two ports that serve HTTP. */
public final class HttpKeys {
  public static final ConfigKey<String> HOST =
      ConfigKey.string("http.host", "address that clients are served on").defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> PORT =
      ConfigKey.integer("http.port", 0, 65_535, "port that clients are served on; 0 for any free one").defaultsTo(8080);
  public static final ConfigKey<Integer> EVENT_LOOPS =
      ConfigKey.integer("http.event-loops", 1, 64, "threads that serve HTTP").defaultsTo(1);
  public static final ConfigKey<String> LOGIN_HOST =
      ConfigKey.string("login.host", "address of the login application's API; keep it internal")
          .defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> LOGIN_PORT =
      ConfigKey.integer("login.port", 0, 65_535, "port of the login application's API; 0 for any free one")
          .defaultsTo(8081);
  public static final ConfigKey<List<String>> PROXIES =
      ConfigKey.strings("http.proxies",
          "IP addresses or blocks of the proxies in front of this port: the last X-Forwarded-For entry that is none of"
              + " them is where a request comes from; from anybody else that header is ignored")
          .example("10.0.0.7,10.1.0.0/16").optional();
  public static final ConfigKey<Duration> ARRIVAL_MAX =
      ConfigKey.duration("http.arrival-max", Duration.ofSeconds(1), Duration.ofMinutes(10),
          "how long the head of a request may take to arrive, and then its body; the connection is closed after it")
          .defaultsTo(HttpBounds.DEFAULT.arrivalMax());
  public static final ConfigKey<Integer> CONNECTIONS_MAX =
      ConfigKey.integer("http.connections-max", 1, 1_000_000,
          "connections that each of the two ports has open at one time; further ones are closed at once. Allow the"
              + " process as many files")
          .defaultsTo(HttpBounds.DEFAULT.connectionsMax());

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of(
      "edge", HOST, PORT, EVENT_LOOPS, PROXIES, ARRIVAL_MAX, CONNECTIONS_MAX, LOGIN_HOST, LOGIN_PORT);

  private HttpKeys() {}
}
