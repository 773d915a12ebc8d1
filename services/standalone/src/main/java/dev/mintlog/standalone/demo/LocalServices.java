package dev.mintlog.standalone.demo;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.edge.EdgePart;
import dev.mintlog.edge.http.PublicUrlKeys;
import dev.mintlog.edge.http.server.HttpKeys;
import dev.mintlog.edge.tls.TlsKeys;
import dev.mintlog.processor.GrantProcessor;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.standalone.LocalParts;
import dev.mintlog.standalone.Progress;
import dev.mintlog.standalone.Services;
import dev.mintlog.standalone.UpOptions;
import dev.mintlog.standalone.tls.LocalTls;
import dev.mintlog.standalone.tls.TrustLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One edge and one processor in this process, on the local parts, with the demo registry. */
public final class LocalServices implements Services {
  private EdgePart edge;
  private Optional<LocalTls> tls = Optional.empty();

  @Override
  public List<Part> parts(UpOptions options, LocalParts local, Progress progress, Consumer<String> end) {
    LocalSecrets secrets = LocalSecrets.in(options.state());
    DemoCredentials credentials = DemoCredentials.in(options.state());
    OperatorFile.write(options.state(), local, secrets);
    tls = options.tls() ? Optional.of(LocalTls.in(options.state().resolve("tls"), Instant.now())) : Optional.empty();
    edge = new EdgePart(edgeSettings(options, local, secrets));
    return List.of(
        new LogSetup(() -> KafkaSettings.of(local.broker().bootstrapServers(), true, "mintlog-up"),
            () -> local.schemaRegistry().uri().toString(), SecretRing.of(secrets.keyEncryption()),
            () -> DemoRegistry.document(credentials), publicUrl(options), progress),
        new TimedPart(new GrantProcessor(processorSettings(options, local, secrets), end), "", progress),
        new TimedPart(edge, publicUrl(options), progress));
  }

  @Override
  public List<String> welcome(UpOptions options, LocalParts local) {
    DemoCredentials credentials = DemoCredentials.in(options.state());
    List<String> lines = new ArrayList<>(whatServes(options, local, credentials));
    tls.ifPresent(files -> lines.addAll(howToTrust(files)));
    String trusting = tls.map(files -> " --cacert " + TrustLines.word(files.authority())).orElse("");
    lines.addAll(List.of("A token:", "", "curl -s" + trusting + " -u demo-service:" + credentials.secret("demo-service")
        + " -d grant_type=client_credentials " + publicUrl(options) + "/connect/token", ""));
    return lines;
  }

  private List<String> whatServes(UpOptions options, LocalParts local, DemoCredentials credentials) {
    return List.of(
        "",
        "  token endpoint      " + publicUrl(options) + "/connect/token",
        "  metadata            " + publicUrl(options) + "/.well-known/openid-configuration",
        "  login API           http://127.0.0.1:" + edge.edge().loginPort() + "  (internal; see docs/openapi)",
        "  health              http://127.0.0.1:" + edge.edge().loginPort() + "/health/ready",
        "  kafka               " + local.broker().bootstrapServers() + "  (one replica per topic: a demo, not a deployment)",
        "  redis               " + local.redis().uri(),
        "  schema registry     " + local.schemaRegistry().uri(),
        "",
        "  demo-service        client_credentials",
        "  demo-web            authorization_code with PKCE, refresh_token",
        "  demo-spa            the same, as a public client",
        "  demo-device         device_code, as a public client",
        "  demo-bank           backchannel authentication (CIBA)",
        "  demo-login          the login application's own client",
        "  Their secrets stand in " + credentials.file(),
        "",
        "  What was issued     mintlog audit --config " + OperatorFile.in(options.state()),
        "");
  }

  private static List<String> howToTrust(LocalTls files) {
    List<String> lines = new ArrayList<>(List.of(
        "Its certificate is signed by " + files.authority() + ", which can vouch for this machine only.",
        "Who shall trust it (docs/clients.md has each client's setting):", ""));
    lines.addAll(TrustLines.of(files));
    lines.add("");
    return lines;
  }

  private Settings edgeSettings(UpOptions options, LocalParts local, LocalSecrets secrets) {
    Map<String, String> texts = common(local, secrets);
    put(texts, HttpKeys.PORT, options.port());
    put(texts, PublicUrlKeys.PUBLIC_URL, publicUrl(options));
    put(texts, HttpKeys.LOGIN_PORT, options.state().port("login"));
    put(texts, EdgeKeys.HEALTH_PORT, 0);
    tls.ifPresent(files -> {
      put(texts, TlsKeys.CERTIFICATE, files.certificate());
      put(texts, TlsKeys.PRIVATE_KEY, files.privateKey());
      // The certificate is good for it, so clients come by it; what they then say of the URL has it in.
      put(texts, PublicUrlKeys.AUTHORITY_HOSTS, "127.0.0.1:" + options.port());
    });
    return Settings.of(EdgeKeys.ALL, texts);
  }

  private static Settings processorSettings(UpOptions options, LocalParts local, LocalSecrets secrets) {
    Map<String, String> texts = common(local, secrets);
    put(texts, ConnectionKeys.KEY_ENCRYPTION_KEY, secrets.keyEncryption().text());
    put(texts, ProcessorKeys.HEALTH_PORT, options.state().port("processor-health"));
    return Settings.of(ProcessorKeys.ALL, texts);
  }

  private static Map<String, String> common(LocalParts local, LocalSecrets secrets) {
    Map<String, String> texts = new HashMap<>();
    put(texts, ConnectionKeys.KAFKA_BOOTSTRAP_SERVERS, local.broker().bootstrapServers());
    put(texts, ConnectionKeys.KAFKA_ALLOW_SINGLE_REPLICA, true);
    put(texts, ConnectionKeys.SCHEMA_REGISTRY_URL, local.schemaRegistry().uri());
    put(texts, ConnectionKeys.REDIS_URI, local.redis().uri());
    put(texts, ConnectionKeys.CHANNEL_SECRET, secrets.channel().text());
    put(texts, ConnectionKeys.REGISTRY_PUBLIC_KEY, RegistryKeys.publicKeyText(secrets.keyEncryption()));
    return texts;
  }

  private static String publicUrl(UpOptions options) {
    return (options.tls() ? "https://localhost:" : "http://127.0.0.1:") + options.port();
  }

  private static void put(Map<String, String> texts, ConfigKey<?> key, Object value) {
    texts.put(key.name(), value.toString());
  }
}
