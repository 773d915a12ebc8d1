package dev.mintlog.registry.document.client;

import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import java.net.URI;
import java.util.Optional;

/** Where somebody publishes keys, as it is written. */
final class KeySetForm {
  private KeySetForm() {}

  static Optional<URI> read(Fields fields, String key) {
    Optional<String> text = fields.optionalText(key);
    Optional<String> problem = text.flatMap(Names::keySetUriProblem);
    problem.ifPresent(found -> fields.problem(key, found));
    return problem.isPresent() ? Optional.empty() : text.map(URI::create);
  }
}
