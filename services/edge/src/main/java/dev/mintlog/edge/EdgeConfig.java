package dev.mintlog.edge;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.SchemaRegistrySettings;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.connections.RedisAddress;
import dev.mintlog.edge.claims.ClaimsProviderKeys;
import dev.mintlog.edge.command.grant.ExtensionGrantKeys;
import dev.mintlog.edge.fetch.KeySetConfig;
import dev.mintlog.edge.http.PublicUrlKeys;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.server.Bindings;
import dev.mintlog.edge.limit.ClientProofPolicy;
import dev.mintlog.edge.limit.ClientRateLimitKeys;
import dev.mintlog.edge.limit.SignInPolicy;
import dev.mintlog.edge.notification.NotificationConfig;
import dev.mintlog.edge.proof.SlowSecretConfig;
import dev.mintlog.edge.provider.ThreadBounds;
import dev.mintlog.edge.reply.ReplyConfig;
import dev.mintlog.edge.tls.ClientCertificateConfig;
import dev.mintlog.edge.tls.ClientCertificateKeys;
import dev.mintlog.edge.tls.TlsConfig;
import dev.mintlog.edge.tls.TlsKeys;
import dev.mintlog.edge.user.PasswordConfig;
import dev.mintlog.edge.userprovider.UserProviderConfig;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of an edge, checked together.
 *
 * @param channel the channel secrets; they do not print
 * @param clientRateLimit of clients without one of their own
 * @param tls empty where the public port is served in plain text
 * @param clientProofs how wrong client secrets slow down who gives them
 * @param signIn how wrong passwords slow down who gives them
 * @param notifications how clients in ping mode are told of decisions
 * @param tenantAliases names that stand for a tenant in the paths of Entra ID's clients
 * @param clientCertificates where they come from and whom they are trusted of
 */
record EdgeConfig(
    Bindings bindings,
    String healthHost,
    int healthPort,
    PublicUrls urls,
    Map<String, String> tenantAliases,
    Optional<TlsConfig> tls,
    ClientCertificateConfig clientCertificates,
    KafkaSettings kafka,
    SchemaRegistrySettings schemaRegistry,
    RedisAddress redis,
    SecretRing channel,
    List<String> registryPublicKeys,
    Duration startWait,
    ReplyConfig replies,
    Optional<RateLimit> clientRateLimit,
    SlowSecretConfig slowSecrets,
    ClientProofPolicy clientProofs,
    ThreadBounds claimsProviders,
    ThreadBounds extensionGrants,
    PasswordConfig passwords,
    SignInPolicy signIn,
    UserProviderConfig userProviders,
    KeySetConfig keySets,
    NotificationConfig notifications) {

  /** @throws ConfigException where settings that are well-formed do not fit together */
  static EdgeConfig of(Settings settings) {
    return new EdgeConfig(
        Bindings.of(settings),
        settings.get(EdgeKeys.HEALTH_HOST),
        settings.get(EdgeKeys.HEALTH_PORT),
        PublicUrlKeys.read(settings),
        TenantAliases.read(settings.get(PublicUrlKeys.TENANT_ALIASES)),
        tls(settings),
        clientCertificates(settings),
        Connections.kafka(settings, "mintlog-edge"),
        Connections.schemaRegistry(settings),
        Connections.redis(settings),
        Connections.channelSecrets(settings),
        settings.get(ConnectionKeys.REGISTRY_PUBLIC_KEY),
        settings.get(EdgeKeys.START_WAIT),
        ReplyConfig.of(settings),
        ClientRateLimitKeys.read(settings),
        SlowSecretConfig.of(settings),
        ClientProofPolicy.of(settings),
        ClaimsProviderKeys.read(settings),
        ExtensionGrantKeys.read(settings),
        PasswordConfig.of(settings),
        SignInPolicy.of(settings),
        UserProviderConfig.of(settings),
        KeySetConfig.of(settings),
        NotificationConfig.of(settings));
  }

  // A client compares issuer and URLs with what it was given; over TLS none of them begins with http:.
  private static Optional<TlsConfig> tls(Settings settings) {
    Optional<TlsConfig> tls = TlsConfig.of(settings);
    URI publicUrl = settings.get(PublicUrlKeys.PUBLIC_URL);
    if (tls.isPresent() && !publicUrl.getScheme().equalsIgnoreCase("https")) {
      throw new ConfigException(PublicUrlKeys.PUBLIC_URL + " is " + publicUrl
          + ", but the port is served over TLS; expected how clients reach it, https://...");
    }
    return tls;
  }

  private static ClientCertificateConfig clientCertificates(Settings settings) {
    ClientCertificateConfig certificates = ClientCertificateConfig.of(settings);
    boolean areTaken = certificates.header().isPresent()
        || TlsConfig.of(settings).filter(TlsConfig::asksClients).isPresent();
    if (!areTaken && !certificates.authorities().isEmpty()) {
      throw new ConfigException(ClientCertificateKeys.AUTHORITIES + " is given, but no client can present a"
          + " certificate; set " + TlsKeys.CLIENT_AUTH + " to requested, or name " + ClientCertificateKeys.HEADER);
    }
    return certificates;
  }
}
