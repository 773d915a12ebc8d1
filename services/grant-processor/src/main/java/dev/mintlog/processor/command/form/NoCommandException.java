package dev.mintlog.processor.command.form;

/** An authentic record that is no command nevertheless. The message repeats nothing of its content. */
public final class NoCommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoCommandException(String why) {
    super(why);
  }
}
