package dev.mintlog.client;

/**
 * One element of {@code authorization_details}, RFC 9396 §2. It may be personal data: it travels and rests sealed, and does
 * not print.
 *
 * @param type its {@code type}
 * @param json the text of a JSON object, checked and its members put in order where it entered: equal elements are equal
 *     texts
 */
public record AuthorizationDetail(String type, String json) {
  @Override
  public String toString() {
    return "AuthorizationDetail[" + type + "]";
  }
}
