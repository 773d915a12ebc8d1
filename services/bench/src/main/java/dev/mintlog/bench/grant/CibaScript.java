package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.Script;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * OpenID CIBA Core: a backchannel authentication for each token, approved before the client polls for the first time, so
 * that its one poll gets the token and no interval is waited for.
 */
public final class CibaScript implements GrantScript {

  private static final String AUTH_REQ_ID = "auth_req_id";
  private static final int SECRET_AT = 4;
  private static final int ID_BYTES = 16;

  @Override
  public String grantType() {
    return "urn:openid:params:grant-type:ciba";
  }

  @Override
  public Script write(LoadedClient client, DemoSide demo) {
    LoginApi api = demo.login();
    return new Script(
        List.of(api.access()),
        List.of(
            client.beside("backchannel authentication", "/connect/ciba",
                new FormFields().with("scope", "openid orders.read").with("login_hint", LoginApi.SUBJECT),
                Capture.of(AUTH_REQ_ID)),
            api.backchannelApproval(values -> values.put(LoginApi.REQUEST_ID, requestId(values.get(AUTH_REQ_ID)))),
            client.token(FormFields.ofGrant(grantType()).withValue(AUTH_REQ_ID))));
  }

  /**
   * The id by which the login application knows the request. It reads it in the log's events; here it is made as the edge
   * makes it, of the secret that stands behind the four bytes of the key's id: the first 128 bits of its SHA-256.
   */
  public static String requestId(String authReqId) {
    byte[] handle;
    try {
      handle = Base64.getUrlDecoder().decode(authReqId);
    } catch (IllegalArgumentException notBase64Url) {
      handle = new byte[0];
    }
    if (handle.length < SECRET_AT + ID_BYTES) {
      throw new BenchException("expected an auth_req_id of this project's form, to know which request to approve");
    }
    byte[] digest = sha256().digest(Arrays.copyOfRange(handle, SECRET_AT, SECRET_AT + ID_BYTES));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
