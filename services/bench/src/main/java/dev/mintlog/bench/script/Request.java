package dev.mintlog.bench.script;

import java.nio.ByteBuffer;

/** An HTTP request that is sent again and again, each time as a new one. */
public interface Request {

  /** One virtual user's copy. */
  Outgoing newOutgoing();

  /** Makes the next request of its kind; the buffer before is not needed any more. */
  interface Outgoing {
    ByteBuffer next(Values values);
  }
}
