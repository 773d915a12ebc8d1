package dev.mintlog.standalone.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A certificate and its key as two PEM files (RFC 7468); the key's can be read by its owner alone. */
record CertificateFiles(Path certificate, Path privateKey) {
  private static final String KEY = "PRIVATE KEY";

  boolean exist() {
    return Files.exists(certificate) && Files.exists(privateKey);
  }

  boolean isAnyThere() {
    return Files.exists(certificate) || Files.exists(privateKey);
  }

  /** @throws GeneralSecurityException if they hold something else than a certificate and its key */
  KeyedCertificate read() throws IOException, GeneralSecurityException {
    makePrivate(privateKey);
    X509Certificate found = (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der()));
    if (!belongTogether(found, key)) {
      throw new GeneralSecurityException(privateKey + " is not the key of " + certificate);
    }
    return new KeyedCertificate(found, key);
  }

  void write(KeyedCertificate made) throws IOException, GeneralSecurityException {
    // The key first, so that a certificate that is new has its key. Ended in between they do not belong together: the
    // next start then issues the served certificate anew, and refuses an authority, whom clients may trust already.
    replace(privateKey, pem(KEY, made.privateKey().getEncoded()));
    replace(certificate, pem("CERTIFICATE", made.certificate().getEncoded()));
  }

  private byte[] der() throws IOException, GeneralSecurityException {
    String text = Files.readString(privateKey, StandardCharsets.US_ASCII);
    try {
      return Base64.getMimeDecoder()
          .decode(text.replace("-----BEGIN " + KEY + "-----", "").replace("-----END " + KEY + "-----", ""));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(privateKey + " is no private key in PEM", e);
    }
  }

  // A temporary file is its owner's alone from the moment it is made: no one opens the key in between.
  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName().toString(), ".new");
    Files.writeString(fresh, text, StandardCharsets.US_ASCII);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void makePrivate(Path file) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    byte[] said = {1};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(said);
    byte[] made = signature.sign();
    // The key and not the certificate: what an authority's is meant for is not asked here.
    signature.initVerify(certificate.getPublicKey());
    signature.update(said);
    return signature.verify(made);
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END " + label + "-----\n";
  }
}
