package dev.mintlog.clients.deeds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client's program can be asked to do; it is asked on its standard input, and answers on its standard output. */
public final class Deeds {
  private final Map<String, Deed> deeds = new LinkedHashMap<>();

  public Deeds with(String name, Deed deed) {
    deeds.put(name, deed);
    return this;
  }

  /** Answers until nobody asks any more. */
  public void answer() throws IOException {
    PrintStream answers = System.out;
    // What a library prints is no answer.
    System.setOut(System.err);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(DeedLine.write(answer(DeedLine.read(line))));
      answers.flush();
    }
  }

  private Map<String, String> answer(Map<String, String> asked) {
    String name = asked.getOrDefault(DeedLine.DEED, "");
    Deed deed = deeds.get(name);
    if (deed == null) {
      return Map.of(DeedLine.FAILURE, "expected one of " + deeds.keySet() + ", but found: " + name);
    }
    try {
      return deed.run(asked);
    } catch (Exception | LinkageError e) {
      return Map.of(DeedLine.FAILURE, told(e));
    }
  }

  private static String told(Throwable failure) {
    StringBuilder told = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      told.append(cause).append('\n');
    }
    return told.toString();
  }
}
