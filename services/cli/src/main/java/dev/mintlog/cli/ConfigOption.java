package dev.mintlog.cli;

import picocli.CommandLine.Option;

/** Where a command looks for its YAML file when {@code --config} is not given. */
final class ConfigOption {
  /** The file that MINTLOG_CONFIG names, or none. */
  static final String DEFAULT = "${env:MINTLOG_CONFIG:-" + Option.NULL_VALUE + "}";

  private ConfigOption() {}
}
