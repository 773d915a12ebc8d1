package dev.mintlog.edge.backchannel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import java.util.HashMap;
import java.util.Map;

/** The parameters in a JWT, OpenID CIBA Core §7.1.1, as if they had come as a form: they are judged alike. */
final class SignedRequestClaims {
  private static final String EXPIRY = "requested_expiry";

  private SignedRequestClaims() {}

  static Checked<Form> form(Assertion request) {
    // RFC 9101 §4: a request object in a request object is not followed.
    if (request.members().has("request") || request.members().has("request_uri")) {
      return Checked.refused(SignedRequests.refusal(
          "Invalid JWT request: expected the parameters themselves, but found another request object"));
    }
    Map<String, String> values = new HashMap<>();
    for (String name : BackchannelParameters.NAMES) {
      JsonNode value = request.members().path(name);
      // §7.1.1: requested_expiry "may be sent as either JSON number or JSON string".
      boolean isText = value.isTextual() || name.equals(EXPIRY) && value.isIntegralNumber();
      if (!value.isMissingNode() && !isText) {
        return Checked.refused(SignedRequests.refusal(
            "Invalid JWT request: expected a text as " + name + ", but found something else"));
      }
      if (isText) {
        values.put(name, value.asText());
      }
    }
    return Checked.accepted(Form.of(values));
  }
}
