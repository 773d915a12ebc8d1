package dev.mintlog.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a form body, in order. */
final class FormFields {

  private final Map<String, Text> texts = new LinkedHashMap<>();

  static FormFields ofGrant(String grantType) {
    return new FormFields().with("grant_type", grantType);
  }

  static Text encodedText() {
    return Text.encodedBy(RequestTemplate::formEncoded);
  }

  FormFields with(String name, String value) {
    texts.put(name, encodedText().literal(value));
    return this;
  }

  /** A parameter whose value the virtual user has under the parameter's own name. */
  FormFields withValue(String name) {
    texts.put(name, encodedText().value(name));
    return this;
  }

  Map<String, Text> texts() {
    return texts;
  }
}
