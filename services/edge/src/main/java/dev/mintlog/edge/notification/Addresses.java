package dev.mintlog.edge.notification;

import java.io.IOException;
import java.net.InetAddress;

/** Looks a host up and judges what it finds. May block as long as the resolver does. */
interface Addresses {

  /**
   * The address to connect to.
   *
   * @throws IOException where the host has none, or one that must not be reached
   */
  InetAddress of(String host) throws IOException;

  /** All that a host has must be public: one that has both kinds is not to be trusted with either. */
  static Addresses publicOnly() {
    return host -> {
      InetAddress[] all = InetAddress.getAllByName(host);
      for (InetAddress address : all) {
        if (!PublicAddress.is(address)) {
          throw new IOException("expected a host with public addresses only, but found another kind; "
              + NotificationKeys.ALLOW_PRIVATE_ADDRESSES + " allows them");
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
