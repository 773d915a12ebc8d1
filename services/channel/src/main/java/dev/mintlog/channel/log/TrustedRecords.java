package dev.mintlog.channel.log;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro makes instances only of classes it was told to trust: ours are the generated ones. Avro keeps that list for the
 * whole JVM; what it trusted before, it goes on trusting.
 */
final class TrustedRecords {
  private static final String PACKAGE = "dev.mintlog.schema";

  static {
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
        ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedRecords() {}

  /** Has Avro trust the generated records; once per JVM, however often it is called. */
  static void ensure() {
    // The initialiser of this class does it.
  }
}
