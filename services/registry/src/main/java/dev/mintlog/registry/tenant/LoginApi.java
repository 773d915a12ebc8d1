package dev.mintlog.registry.tenant;

/** The login API as clients ask for it: as an API of every tenant, without being registered. */
public final class LoginApi {
  /** Lets a client speak with the login API; every tenant has it by itself. */
  public static final String SCOPE = "mintlog.login";

  /** Audience of tokens with {@link #SCOPE}. */
  public static final String AUDIENCE = "mintlog";

  private LoginApi() {}
}
