package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Capture;
import dev.mintlog.bench.script.FormFields;
import dev.mintlog.bench.script.PreparedRequest;
import dev.mintlog.bench.script.RequestTemplate;
import dev.mintlog.bench.script.Step;
import dev.mintlog.bench.script.Target;
import dev.mintlog.bench.script.Text;
import dev.mintlog.bench.script.UniqueDigits;
import dev.mintlog.bench.script.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The client whose tokens are measured, as it speaks to the token endpoint and to what stands beside it.
 *
 * @param id its client_id
 * @param tokenEndpoint where it gets tokens
 * @param headers of all its requests; they authenticate it
 * @param moreForm further parameters of its token requests
 */
public record LoadedClient(String id, Target tokenEndpoint, Map<String, String> headers, Map<String, String> moreForm) {

  private static final List<String> TOKEN_PATHS = List.of("/connect/token", "/oauth2/token");

  /** Every header and parameter is the same each time; only {unique} may differ. */
  PreparedRequest fixedTokenRequest(String grantType) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    form.putAll(moreForm);
    return PreparedRequest.form(tokenEndpoint, headers, form);
  }

  /** The step whose token is measured. */
  Step token(FormFields form) {
    return step("token", form, List.of(), true);
  }

  /** The same where the next round needs something of the answer. */
  Step token(FormFields form, Capture capture) {
    return step("token", form, List.of(capture), true);
  }

  /** The same where something has to be made for each request. */
  Step token(FormFields form, Consumer<Values> before) {
    return step("token", form, List.of(), true, before);
  }

  /** The same client with one more header, unless it has that already. */
  public LoadedClient withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putIfAbsent(name, value);
    return new LoadedClient(id, tokenEndpoint, more, moreForm);
  }

  /** A token that is not measured, because it only serves to get there. */
  Step preparingToken(String name, FormFields form, Capture capture) {
    return step(name, form, List.of(capture), false);
  }

  /** A request to another endpoint beside the token endpoint, such as {@code /connect/deviceauthorization}. */
  Step beside(String name, String path, FormFields form, Capture... captures) {
    Text requestPath = Text.plain().literal(pathPrefix() + path);
    return new Step(name, tokenEndpoint, values -> { },
        RequestTemplate.form(tokenEndpoint, requestPath, headerTexts(), form.texts()), List.of(captures), false);
  }

  private Step step(String name, FormFields form, List<Capture> captures, boolean countsAsToken) {
    return step(name, form, captures, countsAsToken, values -> { });
  }

  private Step step(String name, FormFields form, List<Capture> captures, boolean countsAsToken,
      Consumer<Values> before) {
    UniqueDigits digits = new UniqueDigits();
    Map<String, Text> texts = new LinkedHashMap<>(form.texts());
    moreForm.forEach((key, value) -> texts.put(key, FormFields.encodedText().withUnique(value, digits)));
    return new Step(name, tokenEndpoint, before,
        RequestTemplate.form(tokenEndpoint, Text.plain().literal(tokenEndpoint.path()), headerTexts(), texts),
        captures, countsAsToken);
  }

  private Map<String, Text> headerTexts() {
    Map<String, Text> texts = new LinkedHashMap<>();
    headers.forEach((name, value) -> {
      PreparedRequest.requireHeader(name, value);
      texts.put(name, Text.plain().literal(value));
    });
    return texts;
  }

  /** What stands before {@code /connect/…}: nothing, or a tenant. */
  private String pathPrefix() {
    return TOKEN_PATHS.stream().filter(tokenEndpoint.path()::endsWith).findFirst()
        .map(path -> tokenEndpoint.path().substring(0, tokenEndpoint.path().length() - path.length()))
        .orElseThrow(() -> new BenchException("--url …" + tokenEndpoint.path() + ": expected a path that ends in "
            + String.join(" or ", TOKEN_PATHS) + ", to find the other endpoints beside it"));
  }

  @Override
  public String toString() {
    return "LoadedClient[" + id + "]";
  }
}
