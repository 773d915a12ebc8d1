package dev.mintlog.standalone.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How each kind of client is brought to trust the authority: lines for a POSIX shell, with comments between them. Those for
 * other systems are comments, too, to be pasted without their first character.
 */
public final class TrustLines {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+:@-]+");

  // No secret: the store holds a public certificate, and Java wants a password for it all the same.
  private static final String STORE_PASSWORD = "changeit";

  private TrustLines() {}

  /** The lines, to paste one at a time or all together. */
  public static List<String> of(LocalTls tls) {
    String authority = word(tls.authority());
    Path store = tls.authority().resolveSibling("trust.p12");
    return List.of(
        "# Node.js",
        "export NODE_EXTRA_CA_CERTS=" + authority,
        "# Java: a store of its own, made once",
        "keytool -importcert -noprompt -alias mintlog -file " + authority + " -keystore " + word(store)
            + " -storetype PKCS12 -storepass " + STORE_PASSWORD,
        "export JAVA_TOOL_OPTIONS=" + word(javaOptions(store)),
        "# PowerShell and .NET on Linux, and what else uses OpenSSL; they trust nothing else then",
        "export SSL_CERT_FILE=" + authority,
        "# Every program of this machine (Debian, Ubuntu)",
        // Not cp: the file is its owner's alone, and every program has to read the copy.
        "sudo install -m 644 " + authority
            + " /usr/local/share/ca-certificates/mintlog.crt && sudo update-ca-certificates",
        "# On macOS: what goes by this user's keychain, such as .NET and browsers; Java and Node.js as above",
        "#   security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db " + authority,
        "# On Windows, from a copy of that file, in PowerShell: both PowerShells, .NET and browsers of this user",
        "#   Import-Certificate -FilePath " + tls.authority().getFileName() + " -CertStoreLocation Cert:\\CurrentUser\\Root");
  }

  // Java divides the variable at spaces again, outside double quotes.
  private static String javaOptions(Path store) {
    String path = store.toString();
    return "-Djavax.net.ssl.trustStore=" + (PLAIN.matcher(path).matches() ? path : '"' + path + '"')
        + " -Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD;
  }

  /** A path as one word of a POSIX shell. */
  public static String word(Path path) {
    return word(path.toString());
  }

  private static String word(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
