package dev.mintlog.bench.script;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text of a request: what is fixed, and between that the places where values of the virtual user stand. It may hold a
 * secret, so it prints nothing of itself.
 */
public final class Text {

  private interface Piece {
    void appendTo(StringBuilder out, Values values);
  }

  private final List<Piece> pieces;
  private final UnaryOperator<String> encoding;

  private Text(List<Piece> pieces, UnaryOperator<String> encoding) {
    this.pieces = pieces;
    this.encoding = encoding;
  }

  /** A text that is to be composed; everything put into it is encoded so. */
  public static Text encodedBy(UnaryOperator<String> encoding) {
    return new Text(new ArrayList<>(), encoding);
  }

  /** A text that stands as it is. */
  public static Text plain() {
    return encodedBy(UnaryOperator.identity());
  }

  public Text literal(String text) {
    String encoded = encoding.apply(text);
    pieces.add((out, values) -> out.append(encoded));
    return this;
  }

  /** The place of a value that {@link Values} has by this name when the request is sent. */
  public Text value(String name) {
    pieces.add((out, values) -> out.append(encoding.apply(values.get(name))));
    return this;
  }

  /** A fixed text in which {@value PreparedRequest#UNIQUE} stands for hex digits of each request's own. */
  public Text withUnique(String text, UniqueDigits digits) {
    int from = 0;
    for (int at = text.indexOf(PreparedRequest.UNIQUE); at >= 0; at = text.indexOf(PreparedRequest.UNIQUE, from)) {
      literal(text.substring(from, at));
      pieces.add((out, values) -> out.append(digits.next()));
      from = at + PreparedRequest.UNIQUE.length();
    }
    return literal(text.substring(from));
  }

  /** Puts another text, in its own encoding, behind this one. */
  public Text text(Text other) {
    pieces.addAll(other.pieces);
    return this;
  }

  String with(Values values) {
    StringBuilder out = new StringBuilder();
    pieces.forEach(piece -> piece.appendTo(out, values));
    return out.toString();
  }

  @Override
  public String toString() {
    return "Text[" + pieces.size() + " pieces]";
  }
}
