package dev.mintlog.channel.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Small values that live only sealed and only in Redis: a form number and a list of texts. */
final class SealedValues {
  private static final int FORM = 1;
  private static final int TEXTS_MAX = 16;

  private SealedValues() {}

  static byte[] write(List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeByte(FORM);
      out.writeByte(texts.size());
      for (String text : texts) {
        out.writeUTF(text);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalArgumentException("expected texts of at most 65535 bytes", e);
    }
  }

  // The seal opened, so one of ours wrote it.
  static List<String> read(byte[] value) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(value));
      int form = in.readUnsignedByte();
      int count = in.readUnsignedByte();
      if (form != FORM || count > TEXTS_MAX) {
        throw new IllegalStateException("expected a value of form " + FORM + ", but found form " + form);
      }
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        texts.add(in.readUTF());
      }
      return texts;
    } catch (IOException e) {
      throw new IllegalStateException("expected a value of form " + FORM + ", but it ended too soon", e);
    }
  }
}
