package dev.mintlog.edge.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with its chain and its private key as PEM, RFC 7468. */
record PemFiles(Path certificate, Path privateKey) implements CertificateSource {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\\s*([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  @Override
  public List<Named> files() {
    return List.of(new Named(TlsKeys.CERTIFICATE, certificate), new Named(TlsKeys.PRIVATE_KEY, privateKey));
  }

  @Override
  public ServedCertificate parse(List<byte[]> contents) {
    List<X509Certificate> chain = chain(contents.get(0));
    PrivateKey key = key(new String(contents.get(1), StandardCharsets.ISO_8859_1), chain.get(0).getPublicKey());
    if (!ServedCertificate.belongTogether(key, chain.get(0).getPublicKey())) {
      throw files().get(1).problem("it is not the key of the certificate in " + TlsKeys.CERTIFICATE,
          "give the key that " + certificate + " was made for");
    }
    return ServedCertificate.of(key, chain);
  }

  private List<X509Certificate> chain(byte[] pem) {
    try {
      List<X509Certificate> chain = CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem)).stream().map(X509Certificate.class::cast).toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (CertificateException e) {
      // Said below: it holds no certificate.
    }
    throw files().get(0).problem("it holds no certificate in PEM",
        "name a file that begins with -----BEGIN CERTIFICATE-----");
  }

  private PrivateKey key(String pem, PublicKey publicKey) {
    Named file = files().get(1);
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw file.problem("it holds no private key in PEM", "name a file that begins with -----BEGIN PRIVATE KEY-----");
    }
    if (!block.group(1).equals("PRIVATE KEY")) {
      throw file.problem("it holds an " + block.group(1), "convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    try {
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(2))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw file.problem("it holds no " + publicKey.getAlgorithm() + " key, as the certificate in "
          + TlsKeys.CERTIFICATE + " has", "give the key that " + certificate + " was made for");
    }
  }
}
