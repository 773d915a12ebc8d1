package dev.mintlog.registry.document.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** YAML text to tree and back. */
public final class YamlText {
  private static final int DOCUMENT_CHARACTERS_MAX = 64 * 1024 * 1024;
  private static final YAMLMapper YAML = mapper();

  private YamlText() {}

  /** @throws InvalidRegistryException with line and column where the text is no YAML */
  public static JsonNode read(String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      String where = place(e).map(place -> place + ": ").orElse("");
      // The first line of the parser's message says what; the rest quotes the file, which may hold a secret.
      throw new InvalidRegistryException(List.of(where + e.getOriginalMessage().lines().findFirst().orElse("no YAML")));
    }
  }

  // Jackson's own location is that of the last token that was good.
  private static Optional<String> place(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      Mark at = marked.getProblemMark();
      return Optional.of("line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1));
    }
    return Optional.ofNullable(e.getLocation()).map(at -> "line " + at.getLineNr() + ", column " + at.getColumnNr());
  }

  public static String write(JsonNode tree) {
    try {
      return YAML.writeValueAsString(tree);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private static YAMLMapper mapper() {
    LoaderOptions bounds = new LoaderOptions();
    bounds.setCodePointLimit(DOCUMENT_CHARACTERS_MAX);
    YAMLFactory factory = YAMLFactory.builder()
        .loaderOptions(bounds)
        // An entry of the registry is a part of this: what is read here can be read there.
        .streamReadConstraints(CanonicalJson.BOUNDS)
        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
        .disable(YAMLGenerator.Feature.SPLIT_LINES)
        .build();
    // Without these a key given twice, or a second document, would silently lose what came first.
    return YAMLMapper.builder(factory)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
