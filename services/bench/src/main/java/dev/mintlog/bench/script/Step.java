package dev.mintlog.bench.script;

import java.util.List;
import java.util.function.Consumer;

/**
 * One request of a script, answered by 200 when all is well.
 *
 * @param name what reports call it
 * @param target whose address it is sent to; the request has its own path
 * @param before makes what the request needs and no answer gives, such as a code verifier
 * @param request what is sent
 * @param captures what later steps need of the answer; without it the step has failed
 * @param countsAsToken whether its answer is the token that is measured; others only prepare for it
 */
public record Step(String name, Target target, Consumer<Values> before, Request request, List<Capture> captures,
    boolean countsAsToken) {

  public Step {
    captures = List.copyOf(captures);
  }

  /** A step that brings the token and needs nothing. */
  static Step token(Target target, Request request) {
    return new Step("token", target, values -> { }, request, List.of(), true);
  }

  /** Says of an error in which step it came; those of the token itself go without. */
  public String label(String error) {
    return countsAsToken ? error : name + ": " + error;
  }
}
