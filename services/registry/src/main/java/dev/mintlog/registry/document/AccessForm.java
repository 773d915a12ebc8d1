package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;

/** What a client's access tokens may be for, as it is written among the client's keys. */
final class AccessForm {
  private AccessForm() {}

  static AccessPolicy read(Fields client) {
    return new AccessPolicy(client.flag("multipleResources", AccessPolicy.DEFAULT.multipleResources()));
  }

  static void write(ObjectNode client, AccessPolicy access) {
    client.put("multipleResources", access.multipleResources());
  }
}
