package dev.mintlog.registry.document;

import com.fasterxml.jackson.core.JsonLocation;
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
import org.yaml.snakeyaml.LoaderOptions;

/** YAML text to tree and back. */
final class YamlText {
  private static final int DOCUMENT_CHARACTERS_MAX = 64 * 1024 * 1024;
  private static final YAMLMapper YAML = mapper();

  private YamlText() {}

  /** @throws InvalidRegistryException with line and column where the text is no YAML */
  static JsonNode read(String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      // The first line of the parser's message says what; the rest quotes the file, which may hold a secret.
      throw new InvalidRegistryException(List.of(where + e.getOriginalMessage().lines().findFirst().orElse("no YAML")));
    }
  }

  static String write(JsonNode tree) {
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
