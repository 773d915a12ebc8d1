package dev.mintlog.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The {@code mintlog} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true)).execute(args));
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return MintlogCommand.commandLine().setOut(out).setErr(err);
  }
}
