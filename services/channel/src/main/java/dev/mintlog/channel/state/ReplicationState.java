package dev.mintlog.channel.state;

/**
 * What {@code INFO replication} says about a Redis server.
 *
 * @param role {@code master} or {@code slave}, in Redis' own words
 * @param replid {@code master_replid}, 40 hex digits: changes on promotion and on restart
 * @param connectedReplicas how many replicas follow it
 */
public record ReplicationState(String role, String replid, int connectedReplicas) {

  /** @throws IllegalArgumentException where the text is no answer to {@code INFO replication} */
  public static ReplicationState parse(String info) {
    return new ReplicationState(
        field(info, "role"), field(info, "master_replid"), Integer.parseInt(field(info, "connected_slaves")));
  }

  public boolean isPrimary() {
    return role.equals("master");
  }

  private static String field(String info, String name) {
    int at = info.startsWith(name + ":") ? 0 : info.indexOf("\n" + name + ":") + 1;
    if (at == 0 && !info.startsWith(name + ":")) {
      throw new IllegalArgumentException("expected '" + name + "' in the answer to INFO replication, but found none");
    }
    int from = at + name.length() + 1;
    int end = from;
    while (end < info.length() && info.charAt(end) != '\r' && info.charAt(end) != '\n') {
      end++;
    }
    return info.substring(from, end);
  }
}
