package dev.mintlog.edge.tls;

import dev.mintlog.edge.request.IpAddresses;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.config.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where client certificates come from and whom they are trusted of.
 *
 * @param header the header that the proxies pass them on in; empty where none does
 * @param proxies whose header counts
 */
public record ClientCertificateConfig(
    List<X509Certificate> authorities, Optional<String> header, Set<InetAddress> proxies) {

  /** @throws ConfigException one line, where the settings do not fit together or cannot be read */
  public static ClientCertificateConfig of(Settings settings) {
    Optional<String> header = settings.find(ClientCertificateKeys.HEADER);
    Set<InetAddress> proxies = proxies(settings.find(ClientCertificateKeys.PROXIES).orElse(List.of()));
    // Without a named proxy anybody could write the header, and be anybody.
    if (header.isPresent() && proxies.isEmpty()) {
      throw new ConfigException(ClientCertificateKeys.HEADER + " is " + header.get() + ", but there are no "
          + ClientCertificateKeys.PROXIES + "; name the addresses whose header counts");
    }
    if (header.isEmpty() && !proxies.isEmpty()) {
      throw new ConfigException(ClientCertificateKeys.PROXIES + " is given, but " + ClientCertificateKeys.HEADER
          + " is missing; name the header that they pass certificates on in");
    }
    return new ClientCertificateConfig(
        settings.find(ClientCertificateKeys.AUTHORITIES).map(ClientCertificateConfig::read).orElse(List.of()), header,
        proxies);
  }

  private static Set<InetAddress> proxies(List<String> texts) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String text : texts) {
      addresses.add(IpAddresses.parse(text).orElseThrow(() -> new ConfigException(ClientCertificateKeys.PROXIES
          + " has '" + text + "', but expected IP addresses in digits such as 10.0.0.7; names are not looked up")));
    }
    return addresses;
  }

  private static List<X509Certificate> read(Path path) {
    String problem = ClientCertificateKeys.AUTHORITIES + " is " + path + ", but ";
    try {
      List<X509Certificate> found = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path))).stream()
          .map(X509Certificate.class::cast).toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (IOException e) {
      throw new ConfigException(problem + Unreadable.reason(path) + "; name a readable file");
    } catch (CertificateException e) {
      // Said below: it holds no certificate.
    }
    throw new ConfigException(problem + "it holds no certificate in PEM; name a file that begins with"
        + " -----BEGIN CERTIFICATE-----");
  }
}
