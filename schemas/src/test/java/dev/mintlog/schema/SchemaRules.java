package dev.mintlog.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaParser;

/** What a schema registry under FULL_TRANSITIVE would refuse, and what would block it later. One line per problem. */
final class SchemaRules {
  private SchemaRules() {}

  /** Every named type under a directory of .avsc files, by full name. */
  static Map<String, Schema> read(Path directory) throws IOException {
    SchemaParser parser = new SchemaParser();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".avsc")).sorted().toList()) {
        parser.parse(file);
      }
    }
    return byName(parser.getParsedNamedSchemas());
  }

  static Map<String, Schema> read(String text) {
    SchemaParser parser = new SchemaParser();
    parser.parse(text);
    return byName(parser.getParsedNamedSchemas());
  }

  private static Map<String, Schema> byName(List<Schema> schemas) {
    Map<String, Schema> named = new TreeMap<>();
    schemas.forEach(schema -> named.put(schema.getFullName(), schema));
    return named;
  }

  /** Today's schemas against those of one release. */
  static List<String> evolutionProblems(Map<String, Schema> released, Map<String, Schema> today) {
    List<String> problems = new ArrayList<>();
    released.forEach((name, before) -> {
      Schema now = today.get(name);
      if (now == null) {
        problems.add(name + ": expected it to stay, since the log holds records of it, but it is gone");
        return;
      }
      // Two plain readings: Avro's own mutual strategy passes what the registry refuses.
      addIncompatibility(name + ": today's does not read the released one: ", now, before, problems);
      addIncompatibility(name + ": the released one does not read today's: ", before, now, problems);
    });
    return problems;
  }

  private static void addIncompatibility(String what, Schema reader, Schema writer, List<String> problems) {
    SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      pair.getResult().getIncompatibilities()
          .forEach(problem -> problems.add(what + problem.getType() + " at " + problem.getLocation()));
    }
  }

  /** Rules of form: a doc everywhere, no enum, no fixed, no union but of null and one type with default null. */
  static List<String> formProblems(Map<String, Schema> schemas) {
    List<String> problems = new ArrayList<>();
    schemas.forEach((name, schema) -> {
      if (schema.getType() != Schema.Type.RECORD) {
        problems.add(name + ": expected a record, but found " + schema.getType() + "; open sets are strings");
        return;
      }
      addWithoutDoc(name, schema.getDoc(), problems);
      for (Schema.Field field : schema.getFields()) {
        String at = name + "." + field.name();
        addWithoutDoc(at, field.doc(), problems);
        addTypeProblems(at, field, field.schema(), problems);
      }
    });
    return problems;
  }

  private static void addWithoutDoc(String at, String doc, List<String> problems) {
    if (doc == null || doc.isBlank()) {
      problems.add(at + ": expected a doc, but found none");
    }
  }

  private static void addTypeProblems(String at, Schema.Field field, Schema type, List<String> problems) {
    switch (type.getType()) {
      case ENUM, FIXED -> problems.add(at + ": expected no " + type.getType() + ", which blocks evolution");
      case ARRAY -> addNestedProblems(at + "[]", type.getElementType(), problems);
      case MAP -> addNestedProblems(at + "{}", type.getValueType(), problems);
      case UNION -> addUnionProblems(at, field, type, problems);
      default -> { }
    }
  }

  private static void addNestedProblems(String at, Schema type, List<String> problems) {
    switch (type.getType()) {
      case UNION, ENUM, FIXED -> problems.add(at + ": expected no " + type.getType() + " inside an array or map");
      case ARRAY -> addNestedProblems(at + "[]", type.getElementType(), problems);
      case MAP -> addNestedProblems(at + "{}", type.getValueType(), problems);
      default -> { }
    }
  }

  private static void addUnionProblems(String at, Schema.Field field, Schema type, List<String> problems) {
    List<Schema> branches = type.getTypes();
    if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
      problems.add(at + ": expected no union but of null and one type, but found " + type);
      return;
    }
    if (!field.hasDefaultValue()) {
      problems.add(at + ": expected default null in a union with null");
    }
    switch (branches.get(1).getType()) {
      case ENUM, FIXED -> problems.add(at + ": expected no " + branches.get(1).getType() + ", which blocks evolution");
      case ARRAY, MAP -> addTypeProblems(at, field, branches.get(1), problems);
      default -> { }
    }
  }
}
