package dev.mintlog.edge.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What one party usually holds of the address space: an IPv4 address, or a /64 of IPv6 (RFC 4291 §2.5.4). */
final class Network {
  private static final int IPV6_NETWORK_BYTES = 8;

  private Network() {}

  /** @param address in digits: no name is ever looked up */
  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? Arrays.toString(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
