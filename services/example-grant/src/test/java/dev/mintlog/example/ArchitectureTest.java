package dev.mintlog.example;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** An extension is written against the core alone. */
@AnalyzeClasses(packages = "dev.mintlog.example", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldSeeTypesOfTheCoreOnly = classes().should().onlyDependOnClassesThat()
      .resideInAnyPackage("java..", "javax.crypto..", "dev.mintlog.example", "dev.mintlog.extension",
          "dev.mintlog.client", "dev.mintlog.answer");
}
