package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.TestSource;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each row of docs/security.md is a claim, an attack on it, and the tests that attack: {@code [Class](path) method}. */
class SecurityDocumentTest {
  private static final Pattern NAMED = Pattern.compile("\\[(\\w+)]\\(\\.\\./([^)]+)\\) (\\w+)");

  @TestFactory
  Stream<DynamicTest> shouldNameATestForEachAttack() {
    List<String> rows = Checkout.read("docs/security.md").lines()
        .filter(line -> line.startsWith("|") && !line.startsWith("| claim |") && !line.startsWith("| --- |")).toList();
    assertThat(rows).as("the document has its tables").hasSizeGreaterThan(30);
    return rows.stream().map(row -> DynamicTest.dynamicTest(row.split(" \\| ")[0].substring(2), () -> check(row)));
  }

  private static void check(String row) {
    String[] cells = row.substring(2, row.length() - 2).split(" \\| ", -1);
    assertThat(cells).as(row).hasSize(3).noneMatch(String::isBlank);
    for (String named : cells[2].split("<br>")) {
      List<MatchResult> found = NAMED.matcher(named).results().toList();
      assertThat(found).as("%s is the name of one test", named).hasSize(1);
      MatchResult test = found.get(0);
      assertThat(test.group(2)).endsWith("/" + test.group(1) + ".java");
      TestSource source = new TestSource(test.group(2));
      assertThat(source.exists()).as("%s is a test class", test.group(2)).isTrue();
      assertThat(source.hasTest(test.group(3))).as("%s#%s is a test", test.group(1), test.group(3)).isTrue();
    }
  }
}
