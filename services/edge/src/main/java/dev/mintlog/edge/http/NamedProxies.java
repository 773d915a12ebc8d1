package dev.mintlog.edge.http;

import dev.mintlog.edge.request.AddressBlock;
import dev.mintlog.edge.request.IpAddresses;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies in front of this edge, whose word counts for where a request comes from. Each appends to
 * {@code X-Forwarded-For} the address that it saw; what stands before that, anybody may have written. From any other
 * address the header counts for nothing.
 *
 * @param blocks their addresses
 */
public record NamedProxies(List<AddressBlock> blocks) {
  /** There are none. */
  public static final NamedProxies NONE = new NamedProxies(List.of());

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  public NamedProxies {
    blocks = List.copyOf(blocks);
  }

  /**
   * Where a request came from: the last hop that is no named proxy, for that is what the outermost of them saw.
   *
   * @param peer the other end of the connection, in digits
   * @return the peer where it is no named proxy, or the header ends in something that is no address
   */
  String client(String peer, MultiMap headers) {
    if (blocks.isEmpty() || !isNamed(IpAddresses.parse(peer))) {
      return peer;
    }
    List<String> lines = headers.getAll(FORWARDED_FOR);
    for (int line = lines.size() - 1; line >= 0; line--) {
      String[] hops = lines.get(line).split(",", -1);
      for (int hop = hops.length - 1; hop >= 0; hop--) {
        Optional<InetAddress> address = IpAddresses.parse(hops[hop].trim());
        if (address.isEmpty()) {
          return peer;
        }
        if (!isNamed(address)) {
          return address.get().getHostAddress();
        }
      }
    }
    return peer;
  }

  private boolean isNamed(Optional<InetAddress> address) {
    return address.isPresent() && blocks.stream().anyMatch(block -> block.contains(address.get()));
  }
}
