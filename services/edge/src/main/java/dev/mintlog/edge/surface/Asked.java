package dev.mintlog.edge.surface;

import dev.mintlog.edge.request.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request asks for, in the words of the registry, and how the client said it.
 *
 * @param form the request's parameters; {@code scope} holds registered names, where they are
 * @param spelled scopes that the client wrote in another way, by their registered names
 * @param defaults what the client wrote for all scopes of a resource, each once
 * @param resource the resource that the client named by a parameter, as it wrote it
 */
public record Asked(Form form, Map<String, String> spelled, List<String> defaults, Optional<String> resource) {
  public Asked {
    spelled = Map.copyOf(spelled);
    defaults = List.copyOf(defaults);
  }

  /** What is written is what is meant. */
  static Asked literally(Form form) {
    return new Asked(form, Map.of(), List.of(), Optional.empty());
  }

  /**
   * The {@code scope} of the answer, in the client's spelling: clients in the field keep a token by it, and find it again by
   * what they asked for.
   *
   * @param granted registered names, separated by spaces
   */
  public String scopeOfAnswer(String granted) {
    if (spelled.isEmpty() && defaults.isEmpty()) {
      return granted;
    }
    Stream<String> names = granted.isEmpty() ? Stream.empty() : Stream.of(granted.split(" "));
    return Stream.concat(names.map(name -> spelled.getOrDefault(name, name)), defaults.stream())
        .collect(Collectors.joining(" "));
  }
}
