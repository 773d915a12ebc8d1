package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import java.util.List;
import java.util.stream.Collectors;

/** The grants that can be loaded. A new one is one file and one line here. */
public final class GrantScripts {

  private static final List<GrantScript> ALL = List.of(
      new ClientCredentialsScript(),
      new RefreshTokenScript(),
      new AuthorizationCodeScript(),
      new DeviceCodeScript(),
      new TokenExchangeScript(),
      new PasswordScript(),
      new CibaScript(),
      new JwtBearerScript());

  private static final List<String> URNS =
      List.of("urn:ietf:params:oauth:grant-type:", "urn:openid:params:grant-type:");

  private GrantScripts() {
  }

  /**
   * The script of a grant type; those of long names may be called by the last part of it, such as {@code device_code}. A
   * URI that none of them has is an extension's.
   *
   * @throws BenchException if there is none, naming those there are
   */
  public static GrantScript of(String grantType) {
    return ALL.stream().filter(script -> script.grantType().equals(grantType) || shortName(script).equals(grantType))
        .findFirst().orElseGet(() -> extension(grantType));
  }

  private static GrantScript extension(String grantType) {
    if (!grantType.contains(":")) {
      throw new BenchException("--grant " + grantType + ": expected one of " + names() + ", or the URI of an extension");
    }
    return new ExtensionGrantScript(grantType);
  }

  public static List<GrantScript> all() {
    return ALL;
  }

  private static String names() {
    return ALL.stream().map(GrantScripts::shortName).collect(Collectors.joining(", "));
  }

  public static String shortName(GrantScript script) {
    String type = script.grantType();
    return URNS.stream().filter(type::startsWith).findFirst().map(urn -> type.substring(urn.length())).orElse(type);
  }
}
