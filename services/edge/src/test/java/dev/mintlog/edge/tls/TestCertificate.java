package dev.mintlog.edge.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and a certificate made for a test. */
public record TestCertificate(KeyPair keys, X509Certificate certificate) {

  public static TestCertificate of(String commonName) throws Exception {
    return of(commonName, ecKeys(), "SHA256withECDSA");
  }

  public static TestCertificate rsa(String commonName) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return of(commonName, generator.generateKeyPair(), "SHA256withRSA");
  }

  private static TestCertificate of(String commonName, KeyPair keys, String signature) throws Exception {
    X500Name name = name("CN=" + commonName);
    return made(name, keys, name, keys, signature, builder -> { });
  }

  /** An authority. */
  public static TestCertificate authority(String commonName) throws Exception {
    X500Name name = name("CN=" + commonName);
    KeyPair keys = ecKeys();
    return made(name, keys, name, keys, "SHA256withECDSA", TestCertificate::asAuthority);
  }

  /** A certificate by this authority. */
  public TestCertificate issue(String name, Change change) throws Exception {
    return made(name(name), ecKeys(), X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), keys,
        "SHA256withECDSA", change);
  }

  public static void asAuthority(JcaX509v3CertificateBuilder builder) throws Exception {
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
  }

  public static Change named(int tag, String value) {
    return builder -> builder.addExtension(
        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(tag, value)));
  }

  public static Change forUse(KeyPurposeId use) {
    return builder -> builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
  }

  /** What is added to a certificate before it is signed. */
  public interface Change {
    void to(JcaX509v3CertificateBuilder builder) throws Exception;
  }

  private static TestCertificate made(X500Name name, KeyPair keys, X500Name issuer, KeyPair signer, String signature,
      Change change) throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuer, BigInteger.ONE,
        Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(Duration.ofDays(1))), name, keys.getPublic());
    change.to(builder);
    return new TestCertificate(keys, new JcaX509CertificateConverter().getCertificate(
        builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate()))));
  }

  // RFC 4514 §2.1: what is written first is encoded last; Bouncy Castle's own reading keeps the order.
  private static X500Name name(String text) {
    return X500Name.getInstance(new X500Principal(text).getEncoded());
  }

  private static KeyPair ecKeys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  public Path certificateIn(Path file) throws Exception {
    return write(file, pem("CERTIFICATE", certificate.getEncoded()));
  }

  Path keyIn(Path file) throws Exception {
    return write(file, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  Path keyStoreIn(Path file, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("key", keys.getPrivate(), password.toCharArray(), new X509Certificate[] {certificate});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return file;
  }

  public static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
