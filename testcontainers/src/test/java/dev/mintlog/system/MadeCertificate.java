package dev.mintlog.system;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and a certificate made for a test: an authority, a server or a client. */
record MadeCertificate(KeyPair keys, X509Certificate certificate) {
  private static final char[] IN_MEMORY = "in memory".toCharArray();

  static MadeCertificate selfSigned(String name, GeneralName... alternatives) {
    KeyPair keys = keyPair();
    return made(name, keys, name, keys, false, alternatives);
  }

  /** Of an RSA key, as clients in the field have it that sign assertions. */
  static MadeCertificate rsa(String name) {
    KeyPair keys = keyPair("RSA");
    return made(name, keys, name, keys, false);
  }

  static MadeCertificate authority(String name) {
    KeyPair keys = keyPair();
    return made(name, keys, name, keys, true);
  }

  /** For the address that tests serve on. */
  static MadeCertificate server(String name) {
    return selfSigned(name, new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
  }

  MadeCertificate issue(String name, GeneralName... alternatives) {
    return made(name, keyPair(), certificate.getSubjectX500Principal().getName(), keys, false, alternatives);
  }

  private static MadeCertificate made(String name, KeyPair subject, String issuer, KeyPair signer, boolean isAuthority,
      GeneralName... alternatives) {
    Instant now = Instant.now();
    try {
      var builder = new JcaX509v3CertificateBuilder(name(issuer), new BigInteger(64, new java.util.Random()),
          Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(Duration.ofDays(1))), name(name),
          subject.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (alternatives.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new MadeCertificate(subject, new JcaX509CertificateConverter().getCertificate(
          builder.build(new JcaContentSignerBuilder(signature(signer)).build(signer.getPrivate()))));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new AssertionError(e);
    }
  }

  // RFC 4514 §2.1: what is written first is encoded last; Bouncy Castle's own reading keeps the order.
  private static X500Name name(String text) {
    return X500Name.getInstance(new X500Principal(text).getEncoded());
  }

  private static String signature(KeyPair signer) {
    return signer.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }

  private static KeyPair keyPair() {
    return keyPair("EC");
  }

  private static KeyPair keyPair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 8705 §3.1: the base64url of the SHA-256 of the DER. */
  String thumbprint() {
    try {
      return Base64.getUrlEncoder().withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String pem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END " + label + "-----\n";
  }

  /** In one step each, as whoever renews certificates does it. */
  void writeTo(Path certificateFile, Path keyFile) throws IOException {
    replace(keyFile, keyPem());
    replace(certificateFile, pem());
  }

  static void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void keyStoreTo(Path file, String password) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      keyStore(password.toCharArray()).store(out, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", keys.getPrivate(), password, new X509Certificate[] {certificate});
    return store;
  }

  /** For a server of the JDK that shows this certificate. */
  SSLContext serving() {
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keyStore(IN_MEMORY), IN_MEMORY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A new client, with connections of its own, that trusts this certificate only. */
  HttpClient trustedBy(Optional<MadeCertificate> client) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyManager[] own = null;
      if (client.isPresent()) {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(client.get().keyStore(IN_MEMORY), IN_MEMORY);
        own = factory.getKeyManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trust.getTrustManagers(), null);
      return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_2)
          .connectTimeout(Duration.ofSeconds(5)).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
