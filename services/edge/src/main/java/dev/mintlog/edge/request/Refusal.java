package dev.mintlog.edge.request;

import dev.mintlog.answer.TokenError;

/**
 * A request that gets an error answer, RFC 6749 §5.2.
 *
 * @param status the HTTP status; 401 is decided where the answer is written, because it depends on how the client
 *     authenticated
 * @param error the {@code error} code
 * @param description the {@code error_description}: what was expected and what was found, never a secret; characters
 *     that RFC 6749 §5.2 does not allow there are replaced
 * @param retryAfterSeconds when to try the same request again; 0 where that is not advised
 * @param missing the parameter whose absence is refused; blank where another thing is
 * @param suberror what clients of Entra ID read beside {@code error}; blank where there is nothing to say
 */
public record Refusal(int status, String error, String description, int retryAfterSeconds, String missing,
    String suberror) {
  /** Longer descriptions are cut. */
  public static final int DESCRIPTION_CHARACTERS_MAX = 400;

  private static final int RETRY_SOON_SECONDS = 1;

  public Refusal {
    description = allowed(description);
  }

  public Refusal(int status, String error, String description, int retryAfterSeconds) {
    this(status, error, description, retryAfterSeconds, "", "");
  }

  public static Refusal of(TokenError error, String description) {
    return new Refusal(statusOf(error), error.code(), description, 0);
  }

  /** A refusal that came as an error code, from a decision. */
  public static Refusal decided(String errorCode, String description) {
    return TokenError.ofCode(errorCode)
        .map(error -> error == TokenError.TEMPORARILY_UNAVAILABLE ? tryAgain(description) : of(error, description))
        .orElseGet(() -> new Refusal(400, errorCode, description, 0));
  }

  public static Refusal invalidRequest(String description) {
    return of(TokenError.INVALID_REQUEST, description);
  }

  public static Refusal invalidClient(String description) {
    return of(TokenError.INVALID_CLIENT, description);
  }

  public static Refusal invalidGrant(String description) {
    return of(TokenError.INVALID_GRANT, description);
  }

  // RFC 6749 §5.2: "invalid_request: The request is missing a required parameter".
  static Refusal missing(String parameter) {
    return new Refusal(400, TokenError.INVALID_REQUEST.code(),
        "expected the parameter " + parameter + ", but found none", 0, parameter, "");
  }

  /** The same with another status. */
  public Refusal withStatus(int other) {
    return new Refusal(other, error, description, retryAfterSeconds, missing, suberror);
  }

  /** The same with another error code. */
  public Refusal withError(TokenError other) {
    return new Refusal(status, other.code(), description, retryAfterSeconds, missing, suberror);
  }

  /** The same with what clients of Entra ID read beside the error code. */
  public Refusal withSuberror(String text) {
    return new Refusal(status, error, description, retryAfterSeconds, missing, text);
  }

  /** The request was not acted on and may be sent again as it is. */
  public static Refusal tryAgain(String description) {
    return new Refusal(503, TokenError.TEMPORARILY_UNAVAILABLE.code(), description, RETRY_SOON_SECONDS);
  }

  /** The request may have been acted on and must not be sent again as it is. */
  public static Refusal startAgain(String description) {
    return new Refusal(503, TokenError.TEMPORARILY_UNAVAILABLE.code(), description, 0);
  }

  /** An error by a request that HTTP itself has a status for. */
  public static Refusal http(int status, String description) {
    return new Refusal(status, TokenError.INVALID_REQUEST.code(), description, 0);
  }

  /** The status of an error code where nothing else decides: RFC 6749 §5.2 says 400 unless specified otherwise. */
  private static int statusOf(TokenError error) {
    return switch (error) {
      case TEMPORARILY_UNAVAILABLE -> 503;
      case SERVER_ERROR -> 500;
      case NOT_FOUND -> 404;
      case ALREADY_DECIDED -> 409;
      default -> 400;
    };
  }

  // RFC 6749 §5.2: "Values for the "error_description" parameter MUST NOT include characters outside the set
  // %x20-21 / %x23-5B / %x5D-7E."
  private static String allowed(String text) {
    String shown = text.length() <= DESCRIPTION_CHARACTERS_MAX
        ? text : text.substring(0, DESCRIPTION_CHARACTERS_MAX - 3) + "...";
    for (int i = 0; i < shown.length(); i++) {
      if (!isAllowed(shown.charAt(i))) {
        return replaced(shown);
      }
    }
    return shown;
  }

  private static boolean isAllowed(char c) {
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private static String replaced(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean.append(isAllowed(c) ? c : c == '"' ? '\'' : '?');
    }
    return clean.toString();
  }
}
