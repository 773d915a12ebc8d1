package dev.mintlog.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.mintlog.runtime.config.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogbackTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(getClass().getResource("/logback.xml"));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void shouldWriteOneLinePerEventExceptionsIncluded() {
    String line = line("lost\nthe log", new IllegalStateException("two\nlines", new RuntimeException("cause")));

    assertThat(line.strip().lines()).hasSize(1);
    assertThat(line).contains("lost | the log").contains("RuntimeException: cause").endsWith(System.lineSeparator());
  }

  @Test
  void shouldNotPrintASecret() {
    assertThat(line("secret {}", new Secret("hush"))).contains("secret [secret]").doesNotContain("hush");
  }

  @Test
  void shouldKeepLibrariesQuiet() {
    assertThat(context.getLogger("org.apache.kafka.clients.Metadata").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("org.apache.kafka.clients.NetworkClient").getEffectiveLevel()).isEqualTo(Level.ERROR);
    assertThat(context.getLogger("io.confluent.kafka.serializers.KafkaAvroSerializerConfig").getEffectiveLevel())
        .isEqualTo(Level.OFF);
    assertThat(context.getLogger("dev.mintlog.any").getEffectiveLevel()).isEqualTo(Level.INFO);
  }

  private String line(String message, Object argument) {
    ConsoleAppender<ILoggingEvent> stderr = (ConsoleAppender<ILoggingEvent>) context
        .getLogger("ROOT").getAppender("stderr");
    Throwable thrown = argument instanceof Throwable throwable ? throwable : null;
    LoggingEvent event = new LoggingEvent("caller", context.getLogger("dev.mintlog.Test"), Level.WARN, message, thrown,
        new Object[] {argument});
    return new String(stderr.getEncoder().encode(event), StandardCharsets.UTF_8);
  }
}
