package dev.mintlog.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that this process logs from {@link #start} to {@link #close}: what is ours from its finest level on. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.mintlog");
  private final Level formerLevel = ours.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  static CapturedLog begin() {
    CapturedLog log = new CapturedLog();
    log.setContext(log.root.getLoggerContext());
    log.start();
    log.root.addAppender(log);
    log.ours.setLevel(Level.TRACE);
    return log;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String thrown = ThrowableProxyUtil.asString(event.getThrowableProxy());
    lines.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
        + (thrown.isEmpty() ? "" : "\n" + thrown));
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    ours.setLevel(formerLevel);
    root.detachAppender(this);
    stop();
  }
}
