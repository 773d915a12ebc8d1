package dev.mintlog.edge.request;

import dev.mintlog.answer.TokenError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The parameter {@code resource}, RFC 8707 §2: its form. Whether there is such a resource is for the decision. */
public final class ResourceIndicators {
  /** Longest resource indicator that is read. */
  public static final int CHARACTERS_MAX = 512;
  /** Most of them in one request. */
  public static final int RESOURCES_MAX = 16;

  private ResourceIndicators() {}

  /** The resources named, each once. */
  public static Checked<List<String>> read(List<String> values) {
    return read(values, value -> Optional.empty());
  }

  /**
   * The resources named, each once, by their registered names where they have one.
   *
   * @param registered the API resource that a value means, where it means one: then its form is the registry's to judge
   */
  public static Checked<List<String>> read(List<String> values, Function<String, Optional<String>> registered) {
    if (values.isEmpty()) {
      return Checked.accepted(values);
    }
    if (values.size() > RESOURCES_MAX) {
      return refused("Multiple resource indicators: expected at most " + RESOURCES_MAX + ", but found "
          + values.size());
    }
    for (String value : values) {
      if (value.length() > CHARACTERS_MAX) {
        return refused("Resource indicator maximum length exceeded: expected at most " + CHARACTERS_MAX
            + " characters, but found " + value.length());
      }
      if (!isAbsoluteUri(value) && registered.apply(value).isEmpty()) {
        return refused("Invalid resource indicator format: expected an absolute URI without fragment");
      }
    }
    return Checked.accepted(
        values.stream().map(value -> registered.apply(value).orElse(value)).distinct().toList());
  }

  // RFC 8707 §2: "Its value MUST be an absolute URI […] The URI MUST NOT include a fragment component."
  private static boolean isAbsoluteUri(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() && uri.getRawFragment() == null && text.chars().allMatch(c -> c > ' ' && c <= '~');
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static <T> Checked<T> refused(String description) {
    return Checked.refused(Refusal.of(TokenError.INVALID_TARGET, description));
  }
}
