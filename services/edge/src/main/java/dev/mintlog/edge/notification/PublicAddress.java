package dev.mintlog.edge.notification;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses of the public Internet from all others: an endpoint that somebody registered must not make an edge speak
 * to what only an edge can reach.
 */
final class PublicAddress {
  /** IANA IPv4 Special-Purpose Address Registry, RFC 6890, with multicast and what is reserved. */
  private static final List<Block> NOT_PUBLIC_4 = List.of(
      block(8, 0), block(8, 10), block(10, 100, 64), block(8, 127), block(16, 169, 254), block(12, 172, 16),
      block(24, 192, 0, 0), block(24, 192, 0, 2), block(24, 192, 88, 99), block(16, 192, 168), block(15, 198, 18),
      block(24, 198, 51, 100), block(24, 203, 0, 113), block(4, 224), block(4, 240));

  /** RFC 4291 §2.4: what is given out of global unicast. */
  private static final Block GLOBAL_UNICAST_6 = block(3, 0x20);

  /** Within it: protocol assignments with Teredo, documentation, and 6to4, which has an IPv4 address inside. */
  private static final List<Block> NOT_PUBLIC_6 = List.of(
      block(23, 0x20, 0x01, 0x00), block(32, 0x20, 0x01, 0x0d, 0xb8), block(16, 0x20, 0x02), block(20, 0x3f, 0xff, 0x00));

  private record Block(int bits, int[] first) {
    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int expected = bit / 8 < first.length ? first[bit / 8] : 0;
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (expected & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(bytes))
        : GLOBAL_UNICAST_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(bytes));
  }

  private static Block block(int bits, int... first) {
    return new Block(bits, first);
  }
}
