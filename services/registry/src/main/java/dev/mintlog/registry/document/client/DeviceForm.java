package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Client.DevicePolicy;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import java.time.Duration;

/** A client's {@code device} as it is written. */
final class DeviceForm {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private DeviceForm() {}

  static DevicePolicy read(Fields fields) {
    DevicePolicy usual = DevicePolicy.DEFAULT;
    DevicePolicy device = new DevicePolicy(
        fields.duration("lifetime", usual.lifetime(), SECOND, Duration.ofHours(1)),
        fields.duration("pollingInterval", usual.pollingInterval(), SECOND, Duration.ofMinutes(1)));
    fields.end();
    return device;
  }

  static void write(ObjectNode node, DevicePolicy device) {
    node.put("lifetime", DurationText.write(device.lifetime()));
    node.put("pollingInterval", DurationText.write(device.pollingInterval()));
  }
}
