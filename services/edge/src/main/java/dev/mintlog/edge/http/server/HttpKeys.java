package dev.mintlog.edge.http.server;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
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

  /** All of them. */
  public static final ConfigKeys ALL =
      ConfigKeys.of("edge", HOST, PORT, EVENT_LOOPS, PROXIES, LOGIN_HOST, LOGIN_PORT);

  private HttpKeys() {}
}
