package dev.mintlog.runtime.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML file of nested maps into dotted names. */
final class YamlSettings {
  private final String source;
  private final Map<String, Found> found = new TreeMap<>();

  private YamlSettings(String source) {
    this.source = source;
  }

  static Map<String, Found> read(Path file) {
    YamlSettings settings = new YamlSettings(file.toString());
    settings.flatten("", settings.parse(file));
    return settings.found;
  }

  private JsonNode parse(Path file) {
    YAMLMapper mapper = YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
    try {
      return mapper.readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new ConfigException("Configuration file " + source + " does not exist; give the right path with --config");
    } catch (JsonProcessingException e) {
      // Only the place and the parser's own words: the source excerpt could hold a secret.
      String at = lineOf(e) == 0 ? "" : " line " + lineOf(e);
      throw new ConfigException("Configuration file " + source + at + " is not YAML that can be read: "
          + firstLine(e.getOriginalMessage()) + "; repair that line");
    } catch (IOException e) {
      throw new ConfigException("Configuration file " + source + " cannot be read: " + Unreadable.reason(file)
          + "; give the path of a readable file with --config");
    }
  }

  private void flatten(String prefix, JsonNode node) {
    if (node.isObject()) {
      node.properties().forEach(field -> {
        String name = prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey();
        flatten(name, field.getValue());
      });
    } else if (!prefix.isEmpty()) {
      put(prefix, node);
    } else if (!node.isMissingNode() && !node.isNull()) {
      throw new ConfigException("Configuration file " + source
          + " holds no settings; expected lines such as 'kafka:' and below it '  bootstrap-servers: host:9092'");
    }
  }

  private void put(String name, JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(scalar(name, element)));
    } else {
      texts.add(scalar(name, node));
    }
    if (found.put(name, new Found(name, source, texts)) != null) {
      throw new ConfigException(name + " is given twice in " + source + "; keep one of them");
    }
  }

  private String scalar(String name, JsonNode node) {
    if (node.isContainerNode()) {
      throw new ConfigException(name + " in " + source + " holds a list of more than plain values; expected plain values");
    }
    if (node.isNull()) {
      throw new ConfigException(name + " in " + source + " has no value; give it one or remove the line");
    }
    return node.asText();
  }

  // Jackson's own location is that of the last token that was good.
  private static int lineOf(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return marked.getProblemMark().getLine() + 1;
    }
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
