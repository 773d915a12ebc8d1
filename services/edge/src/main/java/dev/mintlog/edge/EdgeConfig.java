package dev.mintlog.edge;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.connections.Connections;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.server.HttpPorts;
import dev.mintlog.edge.limit.SignInPolicy;
import dev.mintlog.edge.notification.NotificationConfig;
import dev.mintlog.edge.outbound.Addresses;
import dev.mintlog.edge.tls.ClientCertificateConfig;
import dev.mintlog.edge.tls.ClientCertificateKeys;
import dev.mintlog.edge.tls.TlsConfig;
import dev.mintlog.edge.tls.TlsKeys;
import dev.mintlog.edge.userprovider.ProviderBounds;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of an edge, checked together.
 *
 * @param channel the channel secrets; they do not print
 * @param clientRateLimit of clients without one of their own
 * @param timeToAnswer from a request to its command's deadline
 * @param tls empty where the public port is served in plain text
 * @param usersAcrValues acr values that a password satisfies
 * @param usersProvidersFile empty where the registry's users are all there are
 * @param signIn how wrong passwords slow down who gives them
 * @param notifications how clients in ping mode are told of decisions
 * @param tenantAliases names that stand for a tenant in the paths of Entra ID's clients
 * @param clientCertificates where they come from and whom they are trusted of
 */
record EdgeConfig(
    HttpPorts.Bindings bindings,
    String healthHost,
    int healthPort,
    PublicUrls urls,
    KafkaSettings kafka,
    String schemaRegistryUrl,
    boolean autoRegister,
    URI redis,
    SecretRing channel,
    List<String> registryPublicKeys,
    int pendingRepliesMax,
    int pendingRepliesPerClientPercent,
    int pendingRepliesPerTenantPercent,
    Optional<RateLimit> clientRateLimit,
    Duration replyWait,
    Duration timeToAnswer,
    int slowSecretsThreads,
    int slowSecretsQueueMax,
    int claimsProvidersThreads,
    int claimsProvidersQueueMax,
    Duration claimsProvidersWait,
    int extensionGrantsThreads,
    int extensionGrantsQueueMax,
    Duration extensionGrantsWait,
    Duration startWait,
    Optional<TlsConfig> tls,
    List<String> usersAcrValues,
    int usersPasswordThreads,
    int usersPasswordQueueMax,
    SignInPolicy signIn,
    Optional<Path> usersProvidersFile,
    ProviderBounds usersProviders,
    NotificationConfig notifications,
    Addresses keySetAddresses,
    Duration keySetsWait,
    ClientCertificateConfig clientCertificates,
    Map<String, String> tenantAliases) {


  /** @throws ConfigException where settings that are well-formed do not fit together */
  static EdgeConfig of(Settings settings) {
    Duration replyWait = settings.get(EdgeKeys.REPLY_WAIT);
    Duration margin = settings.get(EdgeKeys.COMMAND_DEADLINE_MARGIN);
    if (margin.compareTo(replyWait) >= 0) {
      throw new ConfigException(EdgeKeys.COMMAND_DEADLINE_MARGIN + " is " + margin.toMillis()
          + "ms, but expected less than " + EdgeKeys.REPLY_WAIT + ", which is " + replyWait.toMillis() + "ms");
    }
    requireDifferentPorts(settings);
    return new EdgeConfig(
        new HttpPorts.Bindings(settings.get(EdgeKeys.HTTP_HOST), settings.get(EdgeKeys.HTTP_PORT),
            settings.get(EdgeKeys.LOGIN_HOST), settings.get(EdgeKeys.LOGIN_PORT),
            settings.get(EdgeKeys.HTTP_EVENT_LOOPS)),
        settings.get(EdgeKeys.HEALTH_HOST),
        settings.get(EdgeKeys.HEALTH_PORT),
        urls(settings),
        Connections.kafka(settings, "mintlog-edge"),
        settings.get(ConnectionKeys.SCHEMA_REGISTRY_URL).toString(),
        settings.get(ConnectionKeys.SCHEMA_REGISTRY_AUTO_REGISTER),
        settings.get(ConnectionKeys.REDIS_URI),
        Connections.channelSecrets(settings),
        settings.get(ConnectionKeys.REGISTRY_PUBLIC_KEY),
        settings.get(EdgeKeys.PENDING_REPLIES_MAX),
        settings.get(EdgeKeys.PENDING_REPLIES_PER_CLIENT_PERCENT),
        settings.get(EdgeKeys.PENDING_REPLIES_PER_TENANT_PERCENT),
        clientRateLimit(settings),
        replyWait,
        replyWait.minus(margin),
        settings.get(EdgeKeys.SLOW_SECRETS_THREADS),
        settings.get(EdgeKeys.SLOW_SECRETS_QUEUE_MAX),
        settings.get(EdgeKeys.CLAIMS_PROVIDERS_THREADS),
        settings.get(EdgeKeys.CLAIMS_PROVIDERS_QUEUE_MAX),
        settings.get(EdgeKeys.CLAIMS_PROVIDERS_WAIT),
        settings.get(EdgeKeys.EXTENSION_GRANTS_THREADS),
        settings.get(EdgeKeys.EXTENSION_GRANTS_QUEUE_MAX),
        settings.get(EdgeKeys.EXTENSION_GRANTS_WAIT),
        settings.get(EdgeKeys.START_WAIT),
        tls(settings),
        settings.get(EdgeKeys.USERS_ACR_VALUES),
        settings.get(EdgeKeys.USERS_PASSWORD_THREADS),
        settings.get(EdgeKeys.USERS_PASSWORD_QUEUE_MAX),
        new SignInPolicy(settings.get(EdgeKeys.USERS_FREE_FAILURES), settings.get(EdgeKeys.USERS_DELAY_MAX),
            settings.get(EdgeKeys.USERS_NETWORK_FREE_FAILURES), settings.get(EdgeKeys.USERS_NETWORK_DELAY_MAX)),
        settings.find(EdgeKeys.USERS_PROVIDERS_FILE),
        new ProviderBounds(settings.get(EdgeKeys.USERS_PROVIDERS_THREADS),
            settings.get(EdgeKeys.USERS_PROVIDERS_OUTSTANDING_MAX), settings.get(EdgeKeys.USERS_PROVIDERS_WAIT),
            settings.get(EdgeKeys.USERS_PROVIDERS_REFUSAL_AFTER)),
        NotificationConfig.of(settings),
        settings.get(EdgeKeys.KEY_SETS_ALLOW_PRIVATE_ADDRESSES)
            ? Addresses.any() : Addresses.publicOnly(EdgeKeys.KEY_SETS_ALLOW_PRIVATE_ADDRESSES),
        settings.get(EdgeKeys.KEY_SETS_WAIT),
        clientCertificates(settings),
        TenantAliases.read(settings.get(EdgeKeys.TENANT_ALIASES)));
  }

  private static Optional<RateLimit> clientRateLimit(Settings settings) {
    int perSecond = settings.get(EdgeKeys.CLIENT_RATE_LIMIT_PER_SECOND);
    return perSecond == 0
        ? Optional.empty()
        : Optional.of(new RateLimit(perSecond, settings.get(EdgeKeys.CLIENT_RATE_LIMIT_BURST)));
  }

  // On one host and port the two servers would be one, and clients would reach the internal API.
  private static void requireDifferentPorts(Settings settings) {
    int port = settings.get(EdgeKeys.HTTP_PORT);
    if (port != 0 && port == settings.get(EdgeKeys.LOGIN_PORT)) {
      throw new ConfigException(EdgeKeys.LOGIN_PORT + " is " + port + ", as " + EdgeKeys.HTTP_PORT
          + " is; expected another port for the internal API");
    }
  }

  // A client compares issuer and URLs with what it was given; over TLS none of them begins with http:.
  private static Optional<TlsConfig> tls(Settings settings) {
    Optional<TlsConfig> tls = TlsConfig.of(settings);
    URI publicUrl = settings.get(EdgeKeys.PUBLIC_URL);
    if (tls.isPresent() && !publicUrl.getScheme().equalsIgnoreCase("https")) {
      throw new ConfigException(EdgeKeys.PUBLIC_URL + " is " + publicUrl
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

  private static PublicUrls urls(Settings settings) {
    URI publicUrl = settings.get(EdgeKeys.PUBLIC_URL);
    String base = publicUrl.toString();
    URI device = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/device");
    return new PublicUrls(publicUrl, settings.find(EdgeKeys.AUTHORIZATION_ENDPOINT),
        settings.find(EdgeKeys.VERIFICATION_URI).orElse(device), AuthorityHosts.read(settings.get(EdgeKeys.AUTHORITY_HOSTS)));
  }
}
