package dev.mintlog.edge.http;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.net.URI;
import java.util.List;

/** The settings of where clients find this service. */
public final class PublicUrlKeys {
  private static final List<String> WEB = List.of("http", "https");

  public static final ConfigKey<URI> PUBLIC_URL =
      ConfigKey.uri("public-url", WEB, "how clients reach the plain paths; never taken from a request; the letter case of scheme"
          + " and host, and a default port, do not matter")
          .defaultsTo(URI.create("http://localhost:8080"));
  public static final ConfigKey<URI> AUTHORIZATION_ENDPOINT =
      ConfigKey.uri("authorization-endpoint", WEB,
          "the login application's authorization endpoint, for the metadata; the authorize paths of docs/entra-style.md lead"
              + " there").optional();
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

  /** All of them. */
  public static final ConfigKeys ALL =
      ConfigKeys.of("edge", PUBLIC_URL, AUTHORIZATION_ENDPOINT, VERIFICATION_URI, TENANT_ALIASES, AUTHORITY_HOSTS);

  private PublicUrlKeys() {}

  /**
   * Where clients find this service.
   *
   * @throws ConfigException where what stands for a host is none
   */
  public static PublicUrls read(Settings settings) {
    URI publicUrl = NormalUrl.of(settings.get(PUBLIC_URL));
    String base = publicUrl.toString();
    URI device = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/device");
    return new PublicUrls(publicUrl, settings.find(AUTHORIZATION_ENDPOINT),
        settings.find(VERIFICATION_URI).orElse(device), AuthorityHosts.read(settings.get(AUTHORITY_HOSTS)));
  }
}
