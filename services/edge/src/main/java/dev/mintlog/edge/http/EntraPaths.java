package dev.mintlog.edge.http;

/** Paths that clients of Entra ID and ADFS have built in; each behind the name of a tenant. */
public final class EntraPaths {
  /** Stands in the place of a tenant for clients of ADFS. */
  public static final String ADFS = "adfs";

  public static final String TOKEN = "/oauth2/v2.0/token";
  public static final String DEVICE_CODE = "/oauth2/v2.0/devicecode";
  public static final String AUTHORIZE = "/oauth2/v2.0/authorize";
  public static final String TOKEN_V1 = "/oauth2/token";
  public static final String DEVICE_CODE_V1 = "/oauth2/devicecode";
  public static final String AUTHORIZE_V1 = "/oauth2/authorize";
  public static final String OPENID_CONFIGURATION = "/v2.0/.well-known/openid-configuration";
  public static final String KEYS = "/discovery/v2.0/keys";
  public static final String KEYS_V1 = "/discovery/keys";
  public static final String INSTANCE = "/discovery/instance";

  private static final String USER_REALM = "/userrealm/";

  private EntraPaths() {}

  /** The user whose realm a path asks for, percent-encoded; empty where it asks for none. Clients write it in any case. */
  public static String userOfRealm(String path) {
    boolean asks = path.regionMatches(true, 0, USER_REALM, 0, USER_REALM.length());
    return asks ? path.substring(USER_REALM.length()) : "";
  }
}
