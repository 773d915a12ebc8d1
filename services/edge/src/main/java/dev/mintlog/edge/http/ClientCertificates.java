package dev.mintlog.edge.http;

import dev.mintlog.edge.proof.client.ClientCertificate;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.IpAddresses;
import dev.mintlog.edge.request.Refusal;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Which client certificate a request came with: that of its TLS handshake with this edge, or the one that a named proxy
 * passed on. From any other address the header counts for nothing.
 *
 * @param inHandshake whether this edge asks for one
 * @param header the header of the proxies; empty where there are none
 * @param proxies whose header counts
 * @param authorities whether there are any whose certificates authenticate clients
 */
public record ClientCertificates(
    boolean inHandshake, Optional<String> header, Set<InetAddress> proxies, boolean authorities) {
  public static final ClientCertificates NONE = new ClientCertificates(false, Optional.empty(), Set.of(), false);

  private static final Pattern SPACE_AS_PLUS = Pattern.compile("(BEGIN|END)\\+CERTIFICATE");

  /** Whether any client can present one. */
  public boolean areTaken() {
    return inHandshake || header.isPresent();
  }

  /** RFC 8705 §2: the methods that work here. */
  public List<String> methodNames() {
    if (!areTaken()) {
      return List.of();
    }
    return authorities ? List.of("tls_client_auth", "self_signed_tls_client_auth")
        : List.of("self_signed_tls_client_auth");
  }

  /** What the request came with; refused where a proxy passed on something that is no certificate. */
  public Checked<Optional<ClientCertificate>> of(Exchange exchange) {
    if (header.isPresent() && isNamedProxy(exchange)) {
      // Never the proxy's own certificate: it would be every client's.
      return passedOn(exchange.request().headers().getAll(header.get()));
    }
    return Checked.accepted(inHandshake ? ofHandshake(exchange) : Optional.empty());
  }

  private boolean isNamedProxy(Exchange exchange) {
    return IpAddresses.parse(exchange.peerAddress()).filter(proxies::contains).isPresent();
  }

  private static Optional<ClientCertificate> ofHandshake(Exchange exchange) {
    SSLSession session = exchange.request().connection().sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Optional.of(
          new ClientCertificate(Arrays.stream(chain).map(X509Certificate.class::cast).toList()));
    } catch (SSLPeerUnverifiedException e) {
      // The client gave none.
      return Optional.empty();
    }
  }

  private Checked<Optional<ClientCertificate>> passedOn(List<String> values) {
    if (values.isEmpty() || values.size() == 1 && values.get(0).isBlank()) {
      return Checked.accepted(Optional.empty());
    }
    Optional<ClientCertificate> read = values.size() == 1 ? parse(values.get(0).trim()) : Optional.empty();
    return read.isPresent() ? Checked.accepted(read) : Checked.refused(Refusal.invalidClient(
        "expected one client certificate in " + header.orElseThrow()
            + ", as URL-encoded PEM or as RFC 9440 says, but found something else"));
  }

  private static Optional<ClientCertificate> parse(String value) {
    try {
      // RFC 9440 §2.1: Client-Cert is a Byte Sequence, base64 of the DER between colons. All others pass on PEM; a plus
      // is base64's, whether or not they encode it, but for the two that some write for a space.
      byte[] encoded = value.startsWith(":") && value.endsWith(":") && value.length() > 1
          ? Base64.getDecoder().decode(value.substring(1, value.length() - 1))
          : SPACE_AS_PLUS.matcher(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.US_ASCII))
              .replaceAll("$1 CERTIFICATE").getBytes(StandardCharsets.US_ASCII);
      List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(encoded)).stream().map(X509Certificate.class::cast).toList();
      return chain.isEmpty() ? Optional.empty() : Optional.of(new ClientCertificate(chain));
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
