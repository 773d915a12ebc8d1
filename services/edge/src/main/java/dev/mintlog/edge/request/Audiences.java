package dev.mintlog.edge.request;

import dev.mintlog.answer.TokenError;
import java.util.List;

/** The parameter {@code audience}, RFC 8693 §2.1: names of API resources. */
public final class Audiences {
  /** Longest name that is read. */
  public static final int CHARACTERS_MAX = 200;
  /** Most of them in one request. */
  public static final int AUDIENCES_MAX = 16;

  private Audiences() {}

  /** The names, each once. */
  public static Checked<List<String>> read(List<String> values) {
    if (values.size() > AUDIENCES_MAX) {
      return refused("expected at most " + AUDIENCES_MAX + " values of audience, but found " + values.size());
    }
    boolean wellFormed = values.stream().allMatch(
        value -> value.length() <= CHARACTERS_MAX && value.chars().allMatch(c -> c > ' ' && c <= '~'));
    return wellFormed
        ? Checked.accepted(values.stream().distinct().toList())
        : refused("expected as audience 1 to " + CHARACTERS_MAX + " visible ASCII characters");
  }

  // RFC 8693 §2.2.2: "If the authorization server is unwilling or unable to issue a token for any target service indicated
  // by the "resource" or "audience" parameters, the "invalid_target" error code SHOULD be used".
  private static Checked<List<String>> refused(String description) {
    return Checked.refused(Refusal.of(TokenError.INVALID_TARGET, description));
  }
}
