package dev.mintlog.edge.outbound;

import dev.mintlog.runtime.config.ConfigKey;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Looks a host up and judges what it finds. Whoever asks connects to the very address it is given: a name that is looked
 * up once more may lead elsewhere.
 */
public interface Addresses {

  /**
   * The address to connect to. May block as long as the resolver does.
   *
   * @throws IOException where the host has none, or one that must not be reached
   */
  InetAddress of(String host) throws IOException;

  /**
   * All that a host has must be public: one that has both kinds is not to be trusted with either.
   *
   * @param otherwise the setting that allows others
   */
  static Addresses publicOnly(ConfigKey<Boolean> otherwise) {
    return host -> {
      InetAddress[] all = InetAddress.getAllByName(host);
      for (InetAddress address : all) {
        if (!PublicAddresses.contains(address)) {
          throw new IOException("expected a host with public addresses alone, but found " + address.getHostAddress()
              + "; " + otherwise + " allows others");
        }
      }
      return all[0];
    };
  }

  /** Any that there is. */
  static Addresses any() {
    return InetAddress::getByName;
  }
}
