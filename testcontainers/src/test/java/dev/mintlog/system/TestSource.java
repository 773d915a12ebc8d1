package dev.mintlog.system;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The source of a test class of any module, where a document names one of its tests. */
record TestSource(String path) {
  private static final Pattern ANNOTATION =
      Pattern.compile("\\s*@(Test|ParameterizedTest|TestFactory|RepeatedTest|Property|ArchTest)\\b.*");

  boolean exists() {
    return path.contains("/src/test/java/") && Files.isRegularFile(Checkout.resolve(path));
  }

  /** Whether a method, or a rule, of this name stands here as a test: one that is run. */
  boolean hasTest(String name) {
    Pattern declaration = Pattern.compile("\\s+[\\w<>. ]* " + Pattern.quote(name) + "( =|\\().*");
    List<String> lines = Checkout.read(path).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (declaration.matcher(lines.get(i)).matches() && isAnnotated(lines, i)) {
        return true;
      }
    }
    return false;
  }

  // A declaration and its annotations stand together, with an empty line before them.
  private static boolean isAnnotated(List<String> lines, int declaration) {
    for (int i = declaration - 1; i >= 0 && !lines.get(i).isBlank(); i--) {
      if (ANNOTATION.matcher(lines.get(i)).matches()) {
        return true;
      }
    }
    return false;
  }
}
