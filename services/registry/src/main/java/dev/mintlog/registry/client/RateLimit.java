package dev.mintlog.registry.client;

/**
 * How often somebody may ask: a token bucket that holds {@code burst} and gets {@code perSecond} back each second.
 *
 * @param perSecond 1 to {@value #PER_SECOND_MAX}
 * @param burst how many may come at once, 1 to {@value #BURST_MAX}
 */
public record RateLimit(int perSecond, int burst) {
  public static final int PER_SECOND_MAX = 1_000_000;
  public static final int BURST_MAX = 1_000_000;

  public RateLimit {
    if (perSecond < 1 || perSecond > PER_SECOND_MAX || burst < 1 || burst > BURST_MAX) {
      throw new IllegalArgumentException("Expected from 1 to " + PER_SECOND_MAX + " per second and a burst from 1 to "
          + BURST_MAX + ", but found " + perSecond + " and " + burst);
    }
  }
}
