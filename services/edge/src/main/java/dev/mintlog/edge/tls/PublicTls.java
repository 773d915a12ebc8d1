package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigException;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the public port, with the certificate of now. A changed file that cannot be served is named in one line of the
 * log and changes nothing else. Confined to one thread after its start.
 */
public final class PublicTls {
  private static final Logger LOG = LoggerFactory.getLogger(PublicTls.class);
  // RFC 9113 §3.2: "h2" identifies HTTP/2 over TLS; the first one that the client offers too is taken.
  private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

  private final TlsConfig config;
  private final InstantSource clock;
  private byte[] seen;
  private ServedCertificate served;
  private String lastProblem = "";

  /** @throws ConfigException one line, where the files hold nothing that can be served */
  public PublicTls(TlsConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    List<byte[]> contents = config.certificate().read();
    this.seen = digest(contents);
    this.served = config.certificate().parse(contents);
    say("serves the certificate");
  }

  /** What a server is opened with now. */
  public ServerSSLOptions options() {
    ServerSSLOptions options = new ServerSSLOptions()
        .setKeyCertOptions(served.options())
        .setClientAuth(config.clientAuth())
        .setUseAlpn(true)
        .setApplicationLayerProtocols(PROTOCOLS);
    if (config.clientAuth() != ClientAuth.NONE) {
      options.setTrustOptions(TrustOptions.wrap(new AnyClientCertificate()));
    }
    return options;
  }

  public TlsConfig config() {
    return config;
  }

  /**
   * Looks at the files again. To be called each {@link TlsConfig#reloadInterval()}.
   *
   * @param changed called with the new options where they hold another certificate that can be served
   */
  public void look(Consumer<ServerSSLOptions> changed) {
    try {
      List<byte[]> contents = config.certificate().read();
      byte[] digest = digest(contents);
      if (!Arrays.equals(digest, seen)) {
        // Remembered even when it cannot be served, so that a broken file is named once and not at each look.
        seen = digest;
        served = config.certificate().parse(contents);
        say("serves new connections with the certificate");
        changed.accept(options());
      }
    } catch (ConfigException e) {
      sayOnce(e);
    }
  }

  private void sayOnce(ConfigException e) {
    if (!e.getMessage().equals(lastProblem)) {
      LOG.warn("the certificate stays as it was: {}", e.getMessage());
      lastProblem = e.getMessage();
    }
  }

  private void say(String what) {
    lastProblem = "";
    if (served.isExpired(clock.instant())) {
      LOG.warn("edge {} {}, which has expired", what, served.describe());
    } else {
      LOG.info("edge {} {}", what, served.describe());
    }
  }

  private static byte[] digest(List<byte[]> contents) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] content : contents) {
        digest.update(ByteBuffer.allocate(4).putInt(content.length).array());
        digest.update(content);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
