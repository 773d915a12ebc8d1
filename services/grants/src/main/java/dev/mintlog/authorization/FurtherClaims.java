package dev.mintlog.authorization;

/**
 * Claims beyond the protocol's own, as the text of one JSON object. They may be personal data: they travel and rest
 * sealed, and do not print.
 *
 * @param json the text of a JSON object, checked where it entered
 */
public record FurtherClaims(String json) {
  @Override
  public String toString() {
    return "FurtherClaims[" + json.length() + " characters]";
  }
}
