package dev.mintlog.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the build, from the jar's manifest, and the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("(not packaged)");
    return new String[] {"mintlog " + version + ", Java " + Runtime.version()};
  }
}
