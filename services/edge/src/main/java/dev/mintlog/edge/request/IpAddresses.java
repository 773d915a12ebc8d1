package dev.mintlog.edge.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses in digits; names are never looked up. */
public final class IpAddresses {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|\\d{1,2})";
  // Narrow: what the platform does not read as an address, it would ask a name server about.
  private static final Pattern DIGITS =
      Pattern.compile(OCTET + "(\\." + OCTET + "){3}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

  private IpAddresses() {}

  /** The address; empty where the text is none in digits. */
  public static Optional<InetAddress> parse(String text) {
    if (!DIGITS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether both are the same address, however written. */
  public static boolean same(String one, String other) {
    Optional<InetAddress> address = parse(one);
    return address.isPresent() && address.equals(parse(other));
  }
}
