package dev.mintlog.client;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares redirection URIs: octet by octet, RFC 9700 §4.1.3, but for the port of loopback addresses. */
public final class RedirectUris {
  // Without user information, which would move the host.
  private static final Pattern LOOPBACK =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(?::[0-9]{1,5})?([/?].*)?");

  private RedirectUris() {}

  /** Whether one of the registered URIs is meant. */
  public static boolean contain(Set<String> registered, String asked) {
    return registered.contains(asked) || registered.stream().anyMatch(uri -> differInPort(uri, asked));
  }

  // RFC 8252 §7.3: "The authorization server MUST allow any port to be specified at the time of the request for loopback IP
  // redirect URIs, to accommodate clients that obtain an available ephemeral port from the operating system". §8.3 does
  // not recommend localhost; MSAL has it.
  private static boolean differInPort(String registered, String asked) {
    Matcher one = LOOPBACK.matcher(registered);
    Matcher other = LOOPBACK.matcher(asked);
    return one.matches() && other.matches() && one.group(1).equals(other.group(1))
        && rest(one).equals(rest(other));
  }

  private static String rest(Matcher uri) {
    return uri.group(2) == null ? "" : uri.group(2);
  }
}
