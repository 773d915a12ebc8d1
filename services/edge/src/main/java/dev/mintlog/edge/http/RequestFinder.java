package dev.mintlog.edge.http;

import dev.mintlog.authorization.Authorization;
import java.util.function.Consumer;

/** Finds the request that a path names. */
interface RequestFinder {

  /** @param then called with it; where there is none, or none can be read, the exchange is answered here */
  void find(Exchange exchange, Consumer<Authorization> then);
}
