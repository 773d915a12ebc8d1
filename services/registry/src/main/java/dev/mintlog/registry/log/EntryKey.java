package dev.mintlog.registry.log;

/**
 * Names a registered thing: the record's key is {@code tenant/kind/id}.
 *
 * @param tenant empty for what belongs to none; without a slash
 * @param kind without a slash
 */
public record EntryKey(String tenant, String kind, String id) implements Comparable<EntryKey> {
  public static final String TENANT = "tenant";
  public static final String CLIENT = "client";
  public static final String API_RESOURCE = "api-resource";
  public static final String IDENTITY_RESOURCE = "identity-resource";
  public static final String USER = "user";
  public static final String REVOCATION = "revocation";
  /** As {@link #REVOCATION}, but commanded: no document names it, and none takes it back. */
  public static final String COMMANDED_REVOCATION = "commanded-revocation";
  public static final String SIGNING_KEY = "signing-key";
  public static final String LOG_LAYOUT = "log-layout";

  /** The one entry of kind {@value #LOG_LAYOUT}. */
  public static final EntryKey PARTITIONS = new EntryKey("", LOG_LAYOUT, "partitions");

  /** Key of the revision record, which is no entry. */
  public static final String REVISION = "/revision/";

  public EntryKey {
    // Two names must never give one text.
    if (!isPart(tenant) || !isPart(kind)) {
      throw new IllegalArgumentException("Expected tenant and kind without a slash, found " + tenant + " and " + kind);
    }
  }

  static boolean isPart(String text) {
    return text.indexOf('/') < 0;
  }

  public String text() {
    return tenant + "/" + kind + "/" + id;
  }

  @Override
  public int compareTo(EntryKey other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }
}
