package dev.mintlog.edge.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses are of the public Internet. Everything that IANA's special-purpose registries (RFC 6890) list is not:
 * what a URL of somebody else must not make us reach.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(bytes) : isPublicV6(bytes);
  }

  private static boolean isPublicV4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean isSpecial = first == 0 || first == 10 || first == 127
        || first == 100 && second >= 64 && second < 128 // shared by carriers, RFC 6598
        || first == 169 && second == 254 // link-local; metadata of clouds
        || first == 172 && second >= 16 && second < 32
        || first == 192 && second == 168
        || first == 192 && second == 0 && (third == 0 || third == 2)
        || first == 192 && second == 88 && third == 99
        || first == 198 && (second == 18 || second == 19)
        || first == 198 && second == 51 && third == 100
        || first == 203 && second == 0 && third == 113
        || first >= 224; // multicast, reserved, broadcast
    return !isSpecial;
  }

  private static boolean isPublicV6(byte[] bytes) {
    // 64:ff9b::/96, RFC 6052: a translator would reach the IPv4 address within.
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    // Global unicast is 2000::/3, RFC 4291 §2.4; within it the tunnels and what is for documents.
    boolean isGlobalUnicast = (bytes[0] & 0xe0) == 0x20;
    boolean isSpecial = startsWith(bytes, 0x20, 0x01, 0x00) || startsWith(bytes, 0x20, 0x01, 0x01)
        || startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8) || startsWith(bytes, 0x20, 0x02) || startsWith(bytes, 0x3f, 0xff);
    return isGlobalUnicast && !isSpecial;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xff) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
