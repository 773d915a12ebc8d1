package dev.mintlog.bench;

import java.nio.ByteBuffer;

/** An HTTP request that is sent again and again, each time as a new one. */
interface Request {

  /** One virtual user's copy. */
  Outgoing newOutgoing();

  /** Makes the next request of its kind; the buffer before is not needed any more. */
  interface Outgoing {
    ByteBuffer next(Values values);
  }
}
