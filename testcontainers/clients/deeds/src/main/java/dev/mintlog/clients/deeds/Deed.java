package dev.mintlog.clients.deeds;

import java.util.Map;

/** One thing that a client can be asked to do. */
@FunctionalInterface
public interface Deed {
  /**
   * @param with what the client needs for it, by name
   * @return what its user then has in hand, by name
   * @throws Exception what its user sees where it did not work
   */
  Map<String, String> run(Map<String, String> with) throws Exception;
}
