package dev.mintlog.edge.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets any client certificate through the handshake, which proves no more than possession of its key. RFC 8705 §2.2:
 * "the client's certificate chain is not validated by the server in this case"; who it belongs to is judged per request
 * against the client's registration, and so is the chain where §2.1 wants it. Danger: a presented certificate must
 * never be taken for an authenticated client.
 */
final class AnyClientCertificate extends X509ExtendedTrustManager {
  private static final X509Certificate[] ANY_ISSUER = {};

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return ANY_ISSUER;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    // Judged per request.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    // Judged per request.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    // Judged per request.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
    throw new CertificateException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side is the server");
  }
}
