package dev.mintlog.edge.request;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * IP addresses that begin alike, RFC 4632 §3.1 and RFC 4291 §2.3: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one
 * address alone.
 *
 * @param prefixBits how many bits are alike, at most as many as an address has
 */
public record AddressBlock(InetAddress first, int prefixBits) {
  private static final int NO_NUMBER = -1;

  /** The block; empty where the text is none, or names an address that does not begin it, as 10.0.0.7/8 does. */
  public static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> address = IpAddresses.parse(slash < 0 ? text : text.substring(0, slash));
    return address.flatMap(first -> {
      int bits = first.getAddress().length * Byte.SIZE;
      int prefixBits = slash < 0 ? bits : number(text.substring(slash + 1));
      if (prefixBits < 0 || prefixBits > bits) {
        return Optional.empty();
      }
      byte[] begin = masked(first.getAddress(), prefixBits);
      return Arrays.equals(begin, first.getAddress())
          ? Optional.of(new AddressBlock(first, prefixBits)) : Optional.empty();
    });
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.getAddress().length
        && Arrays.equals(masked(bytes, prefixBits), first.getAddress());
  }

  // InetAddress gives a copy.
  private static byte[] masked(byte[] address, int prefixBits) {
    for (int i = 0; i < address.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, prefixBits - i * Byte.SIZE));
      address[i] &= (byte) (0xff << Byte.SIZE - kept);
    }
    return address;
  }

  private static int number(String digits) {
    return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : NO_NUMBER;
  }
}
