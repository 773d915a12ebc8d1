package dev.mintlog.bench.script;

import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a form body, in order. */
public final class FormFields {

  private final Map<String, Text> texts = new LinkedHashMap<>();

  public static FormFields ofGrant(String grantType) {
    return new FormFields().with("grant_type", grantType);
  }

  public static Text encodedText() {
    return Text.encodedBy(RequestTemplate::formEncoded);
  }

  public FormFields with(String name, String value) {
    texts.put(name, encodedText().literal(value));
    return this;
  }

  /** A parameter whose value the virtual user has under the parameter's own name. */
  public FormFields withValue(String name) {
    texts.put(name, encodedText().value(name));
    return this;
  }

  public Map<String, Text> texts() {
    return texts;
  }
}
