package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import java.text.ParseException;

/** The API that alice's application calls, and that goes on to another one for her. */
final class CalledApi {
  static final String CLIENT = "orders-backend";
  /** What it asks for: nothing that the token it was called with is good for. */
  static final String NEXT = "https://billing.example/.default";
  private static final String CALLBACK = "https://planner.example/callback";

  private CalledApi() {}

  /** The access token that it was called with. */
  static String userToken(RunningSystem system) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("planner", CALLBACK, pkce, "scope", "orders.read");
    return system.client("planner").redeem(code, pkce.verifier(), CALLBACK).accessToken();
  }

  static void assertOnBehalf(JWTClaimsSet next) throws ParseException {
    assertThat(next.getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(next.getStringClaim("client_id")).isEqualTo(CLIENT);
    assertThat(next.getAudience()).containsExactly("https://billing.example");
  }
}
