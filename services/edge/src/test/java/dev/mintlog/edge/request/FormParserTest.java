package dev.mintlog.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormParserTest {

  @Nested
  class Rfc6749Section3Point2 {
    @Test
    void shouldReadParameters() {
      Form form = accepted("grant_type=client_credentials&scope=api.read");

      assertThat(form.find("grant_type")).contains("client_credentials");
      assertThat(form.find("scope")).contains("api.read");
      assertThat(form.find("code")).isEmpty();
    }

    @Test
    void shouldTreatParametersWithoutValueAsOmitted() {
      Form form = accepted("scope=&resource&code=+%20+&client_id=app");

      assertThat(form.has("scope")).isFalse();
      assertThat(form.has("resource")).isFalse();
      assertThat(form.has("code")).isFalse();
      assertThat(form.has("client_id")).isTrue();
    }

    @Test
    void shouldRefuseWhenAParameterIsRepeated() {
      Refusal refusal = refused("scope=a&client_id=app&scope=b");

      assertThat(refusal.error()).isEqualTo("invalid_request");
      assertThat(refusal.description()).contains("scope");
    }

    @Test
    void shouldRefuseWhenAParameterIsRepeatedUnderAnotherSpelling() {
      assertThat(refused("scope=a&%73cope=b").error()).isEqualTo("invalid_request");
    }

    @Test
    void shouldNotRepeatAnUnknownNameInTheDescription() {
      assertThat(refused("s3cr3t=a&s3cr3t=b").description()).doesNotContain("s3cr3t");
    }

    @Test
    void shouldAcceptRepeatedResourceAndAudience() {
      Form form = accepted("resource=a&resource=b&audience=c&audience=d&resource=&resource=a");

      assertThat(form.find("resource")).contains("a");
      assertThat(form.all("resource")).containsExactly("a", "b", "a");
      assertThat(form.all("audience")).containsExactly("c", "d");
      assertThat(form.all("scope")).isEmpty();
    }

    @Test
    void shouldNotCountABlankOneAsRepetition() {
      assertThat(accepted("scope=&scope=a").find("scope")).contains("a");
    }
  }

  @Nested
  class Rfc6749AppendixB {
    @Test
    void shouldDecodePercentPlusAndUtf8() {
      Form form = accepted("name=%C3%9Cbung+%2B%25%26%3d&raw=Übung");

      assertThat(form.find("name")).contains("Übung +%&=");
      assertThat(form.find("raw")).contains("Übung");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%4&b=1", "%=a", "a=%00", "a=x%00y", "a=%C3", "a=%FF%FE", "a=%+1",
        "a=%-1"})
    void shouldRefuseWhenTheEncodingIsMalformed(String body) {
      assertThat(refused(body).error()).isEqualTo("invalid_request");
    }

    @Test
    void shouldRefuseWhenThereIsARawNul() {
      assertThat(refused("a=x\0y").error()).isEqualTo("invalid_request");
    }
  }

  @Test
  void shouldRefuseWhenThereAreTooManyParameters() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i <= FormParser.PARAMETERS_MAX; i++) {
      body.append('p').append(i).append("=1&");
    }

    assertThat(refused(body.toString()).description()).contains("at most " + FormParser.PARAMETERS_MAX);
  }

  @Test
  void shouldReadAnEmptyBody() {
    assertThat(accepted("").has("grant_type")).isFalse();
    assertThat(accepted("&&&").has("grant_type")).isFalse();
  }

  @Test
  void shouldNotPrintValues() {
    assertThat(accepted("client_secret=s3cr3t")).asString().contains("client_secret").doesNotContain("s3cr3t");
  }

  @Property
  void shouldReadWhatWasEncoded(@ForAll String value) {
    boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(value) && value.indexOf('\0') < 0;
    if (!encodable || value.isBlank()) {
      return;
    }

    Form form = accepted("v=" + URLEncoder.encode(value, StandardCharsets.UTF_8));

    assertThat(form.find("v")).contains(value);
  }

  @Property
  void shouldReadOrRefuseAnything(@ForAll byte[] body) {
    assertThat(FormParser.parse(body)).isNotNull();
  }

  private static Form accepted(String body) {
    Checked<Form> parsed = FormParser.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(parsed).isInstanceOf(Checked.Accepted.class);
    return ((Checked.Accepted<Form>) parsed).value();
  }

  private static Refusal refused(String body) {
    Checked<Form> parsed = FormParser.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(parsed).isInstanceOf(Checked.Refused.class);
    return ((Checked.Refused<Form>) parsed).refusal();
  }
}
