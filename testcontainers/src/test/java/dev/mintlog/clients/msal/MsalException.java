package dev.mintlog.clients.msal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.RawAnswer;
import java.net.URI;
import java.util.Optional;

/** What MSAL.NET throws, of which its user sees the message. */
public final class MsalException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String CONFIGURATION = "A configuration issue is preventing authentication - check the error message "
      + "from the server for details. You can modify the configuration in the application registration portal. "
      + "See https://aka.ms/msal-net-invalid-client for details. Original exception: ";

  /** Which of its classes. */
  public enum Kind {
    /** {@code MsalUiRequiredException}: the user must sign in again. */
    UI_REQUIRED,
    /** {@code MsalServiceException}. */
    SERVICE,
    /** {@code MsalServiceException}, {@code IsRetryable}. */
    RETRY_LATER
  }

  private final Kind kind;
  private final String errorCode;
  private final transient Optional<String> retryAfter;

  MsalException(Kind kind, String errorCode, String message) {
    this(kind, errorCode, message, Optional.empty());
  }

  private MsalException(Kind kind, String errorCode, String message, Optional<String> retryAfter) {
    super(message);
    this.kind = kind;
    this.errorCode = errorCode;
    this.retryAfter = retryAfter;
  }

  /** @param asked what was asked for, without query */
  static MsalException of(URI asked, RawAnswer answer, Optional<JsonNode> parsed) {
    if (answer.status() >= 500) {
      // HttpManager says so before anybody reads the body; what stands there is for the log alone.
      return new MsalException(Kind.RETRY_LATER, "service_not_available",
          "Service is unavailable to process the request. The request Uri is: " + asked + " on port " + asked.getPort(),
          answer.header("Retry-After"));
    }
    if (parsed.isEmpty() || parsed.get().path("error").asText().isEmpty()) {
      return new MsalException(Kind.SERVICE, "non_parsable_oauth_error", "An error response was returned by the OAuth2 "
          + "server, but it could not be parsed: " + answer);
    }
    JsonNode json = parsed.get();
    String error = json.path("error").asText();
    String description = json.path("error_description").asText();
    if (answer.status() == 429) {
      return new MsalException(Kind.RETRY_LATER, error, description, answer.header("Retry-After"));
    }
    return switch (error) {
      case "invalid_grant", "interaction_required" -> new MsalException(Kind.UI_REQUIRED, error, description);
      case "invalid_client" -> new MsalException(Kind.SERVICE, error, CONFIGURATION + description);
      default -> new MsalException(Kind.SERVICE, error, description);
    };
  }

  public Kind kind() {
    return kind;
  }

  public String errorCode() {
    return errorCode;
  }

  /** {@code Headers.RetryAfter} of what can be tried again. */
  public Optional<String> retryAfter() {
    return retryAfter;
  }
}
