package dev.mintlog.edge.backchannel;

/** The {@code binding_message}: a person reads it on two devices and compares. */
final class BindingMessage {
  static final int CODE_POINTS_MAX = 100;

  private BindingMessage() {}

  /** OpenID CIBA Core §7.1: it "SHOULD be relatively short and use a limited set of plain text characters". */
  static boolean isReadable(String text) {
    return text.codePointCount(0, text.length()) <= CODE_POINTS_MAX
        && text.codePoints().allMatch(BindingMessage::isPlain);
  }

  // What is not seen, or turns the order of what is, makes two messages look alike that are not.
  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
