package dev.mintlog.clients.powershell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cmdlet's call as somebody pastes it: {@code Cmdlet -name value}, over several lines with a backtick at the end of each,
 * after assignments to {@code $env:NAME}. A parameter without a value is a switch.
 *
 * @param environment as it is after the assignments
 * @param namesAndValues the cmdlet's parameters, as {@link PsAuthClient} and {@link PsOAuthHelper} take them
 */
public record CommandLine(Map<String, String> environment, String cmdlet, Object[] namesAndValues) {
  private static final Pattern ASSIGNMENT = Pattern.compile("\\$env:(\\w+) = (.+)");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

  /** @param environment of the one who pastes */
  public static CommandLine of(String text, Map<String, String> environment) {
    Map<String, String> known = new HashMap<>(environment);
    String call = null;
    for (String line : text.replaceAll("`\\n\\s*", "").strip().split("\\n")) {
      Matcher assignment = ASSIGNMENT.matcher(line);
      if (assignment.matches()) {
        known.put(assignment.group(1), value(assignment.group(2), known));
      } else if (call == null) {
        call = line;
      } else {
        throw new AssertionError("expected one cmdlet, but found " + text);
      }
    }
    List<String> words = WORD.matcher(call).results().map(found -> found.group()).toList();
    List<Object> bound = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      boolean isSwitch = i + 1 == words.size() || words.get(i + 1).startsWith("-");
      bound.add(words.get(i));
      bound.add(isSwitch ? true : value(words.get(++i), known));
    }
    return new CommandLine(Map.copyOf(known), words.get(0), bound.toArray());
  }

  /** The value of a parameter; empty where it is not there. */
  public String parameter(String name) {
    return Parameters.of(namesAndValues).text(name);
  }

  private static String value(String word, Map<String, String> environment) {
    if (!word.startsWith("$env:")) {
      return word.replace("'", "");
    }
    String found = environment.get(word.substring("$env:".length()));
    if (found == null) {
      throw new AssertionError("expected a value of " + word);
    }
    return found;
  }
}
