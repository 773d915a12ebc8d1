package dev.mintlog.clients.powershell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a cmdlet throws at its user: the body of an answer of 400 or more, as {@code $_.ErrorDetails.Message}. */
public final class CmdletException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final String errorDetailsMessage;

  CmdletException(int status, String errorDetailsMessage, String session) {
    super(status + " " + errorDetailsMessage + " (" + session + ")");
    this.status = status;
    this.errorDetailsMessage = errorDetailsMessage;
  }

  public int status() {
    return status;
  }

  /** {@code ($_.ErrorDetails.Message | ConvertFrom-Json).error}, which is how scripts tell errors apart. */
  public String error() {
    return details().path("error").asText();
  }

  /** The sentence that the user reads. */
  public String description() {
    return details().path("error_description").asText();
  }

  private JsonNode details() {
    try {
      return JSON.readTree(errorDetailsMessage);
    } catch (JsonProcessingException e) {
      throw new AssertionError("expected JSON, but found: " + getMessage(), e);
    }
  }
}
