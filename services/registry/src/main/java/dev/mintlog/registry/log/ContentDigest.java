package dev.mintlog.registry.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** SHA-256 over all live entries, in the order of their keys; each text under its length. */
public final class ContentDigest {
  private ContentDigest() {}

  /** @param live documents by key, none of them gone */
  public static String of(Map<EntryKey, String> live) {
    MessageDigest digest = sha256();
    SortedMap<String, String> ordered = new TreeMap<>();
    live.forEach((key, document) -> ordered.put(key.text(), document));
    ordered.forEach((key, document) -> {
      update(digest, key);
      update(digest, document);
    });
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
