package dev.mintlog.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every schema against every release kept in {@code src/test/resources/released}; its README says how to release. */
class SchemaEvolutionTest {
  private static final Path TODAY = Path.of("src/main/avro");
  private static final Path RELEASED = Path.of("src/test/resources/released");

  @Test
  void shouldReadAndBeReadByEveryRelease() throws IOException {
    Map<String, Schema> today = SchemaRules.read(TODAY);
    try (Stream<Path> entries = Files.list(RELEASED)) {
      List<Path> releases = entries.filter(Files::isDirectory).sorted().toList();

      assertThat(releases).isNotEmpty();
      for (Path release : releases) {
        Map<String, Schema> released = SchemaRules.read(release);

        assertThat(released).as("release %s", release.getFileName()).isNotEmpty();
        assertThat(SchemaRules.evolutionProblems(released, today))
            .as("against release %s", release.getFileName()).isEmpty();
      }
    }
  }

  @Test
  void shouldKeepTheRulesOfForm() throws IOException {
    Map<String, Schema> today = SchemaRules.read(TODAY);

    assertThat(today).hasSizeGreaterThan(20);
    assertThat(SchemaRules.formProblems(today)).isEmpty();
  }

  @Test
  void shouldDocumentEverySealedField() throws IOException {
    String documented = Files.readString(Path.of("../docs/topics.md"));
    List<String> sealed = SchemaRules.read(TODAY).values().stream().flatMap(schema -> schema.getFields().stream())
        .map(Schema.Field::name).filter(name -> name.startsWith("sealed")).distinct().toList();

    assertThat(sealed).hasSizeGreaterThan(5);
    assertThat(sealed).as("in the list of sealed fields").allMatch(name -> documented.contains("`" + name + "`"));
  }

  /** The check itself: it has to see what it is there for. */
  @Nested
  class TheCheck {
    private final String field = "{\"name\":\"a\",\"type\":\"string\",\"doc\":\"A.\"}";

    @Test
    void shouldRefuseANewFieldWithoutDefaultAndTakeOneWith() {
      assertThat(evolution(record(field), record(field + ",{\"name\":\"b\",\"type\":\"int\",\"doc\":\"B.\"}")))
          .singleElement().asString().contains("READER_FIELD_MISSING_DEFAULT_VALUE");
      assertThat(evolution(record(field), record(field + ",{\"name\":\"b\",\"type\":\"int\",\"default\":1}"))).isEmpty();
    }

    @Test
    void shouldRefuseAFieldThatIsGoneUnlessItHadADefault() {
      assertThat(evolution(record(field + ",{\"name\":\"b\",\"type\":\"int\"}"), record(field))).hasSize(1);
      assertThat(evolution(record(field + ",{\"name\":\"b\",\"type\":\"int\",\"default\":1}"), record(field))).isEmpty();
    }

    @Test
    void shouldRefuseAnotherTypeAWiderUnionAndATypeThatIsGone() {
      String nullable = "{\"name\":\"a\",\"type\":[\"null\",\"string\"],\"default\":null}";
      String wider = "{\"name\":\"a\",\"type\":[\"null\",\"string\",\"int\"],\"default\":null}";

      assertThat(evolution(record(field), record(field.replace("\"string\"", "\"int\"")))).hasSize(2);
      assertThat(evolution(record("{\"name\":\"a\",\"type\":\"int\"}"), record("{\"name\":\"a\",\"type\":\"long\"}")))
          .as("a promotion reads one way only").hasSize(1);
      assertThat(evolution(record(nullable), record(wider))).isNotEmpty();
      assertThat(SchemaRules.evolutionProblems(SchemaRules.read(record(field)), Map.of()))
          .singleElement().asString().contains("gone");
    }

    @Test
    void shouldRefuseFormsThatBlockEvolution() {
      assertThat(form("{\"name\":\"a\",\"type\":\"string\"}")).singleElement().asString().contains("doc");
      assertThat(form(documented("[\"null\",\"string\",\"int\"]"))).hasSize(1);
      assertThat(form(documented("[\"null\",\"string\"]"))).singleElement().asString().contains("default null");
      assertThat(form(documented("{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"X\"]}"))).isNotEmpty();
      assertThat(form(documented("{\"type\":\"array\",\"items\":[\"null\",\"int\"]}"))).hasSize(1);
      assertThat(form(documented("\"string\""))).isEmpty();
    }

    private List<String> evolution(String before, String after) {
      return SchemaRules.evolutionProblems(SchemaRules.read(before), SchemaRules.read(after));
    }

    private List<String> form(String fields) {
      return SchemaRules.formProblems(SchemaRules.read(record(fields)));
    }

    private String documented(String type) {
      return "{\"name\":\"a\",\"doc\":\"A.\",\"type\":" + type + "}";
    }

    private String record(String fields) {
      return "{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"t\",\"doc\":\"R.\",\"fields\":[" + fields + "]}";
    }
  }
}
