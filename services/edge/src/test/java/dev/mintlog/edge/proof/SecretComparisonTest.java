package dev.mintlog.edge.proof;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.util.Arrays;

/** Secrets are compared to their last byte whatever the first one is: shown by what is called, not by a clock. */
@AnalyzeClasses(packages = "dev.mintlog", importOptions = ImportOption.DoNotIncludeTests.class)
class SecretComparisonTest {

  @ArchTest
  static final ArchRule shouldNotLeaveAtTheFirstDifferentByte = noClasses().that().resideInAnyPackage(
      "dev.mintlog.channel.secret..", "dev.mintlog.channel.handle..", "dev.mintlog.channel.seal..",
      "dev.mintlog.registry.secret..", "dev.mintlog.edge.proof..", "dev.mintlog.edge.assertion..",
      "dev.mintlog.edge.user..", "dev.mintlog.grant.code..")
      .or().haveSimpleName("RecordMac")
      .should().callMethodWhere(describe("Arrays.equals or Arrays.compare of bytes",
          call -> call.getTargetOwner().isEquivalentTo(Arrays.class)
              && (call.getName().equals("equals") || call.getName().equals("compare")
                  || call.getName().equals("mismatch"))));

  @ArchTest
  static final ArchRule shouldCompareToTheLastByte = classes().that().haveSimpleName("Handles")
      .or().haveSimpleName("RecordMac")
      .or().haveSimpleName("SharedAssertionKey")
      .or().haveSimpleName("Pkce")
      .or().haveSimpleName("Sha256")
      .should().callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class);
}
