package dev.mintlog.channel.state;

/** Fields that are null in some kinds of a record and must be there in others. */
final class Required {
  private Required() {}

  static <T> T field(String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("expected the field " + name + " in a record of this kind, but found null");
    }
    return value;
  }
}
