package dev.mintlog.clients.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PowerShellTest {
  private static final List<Map.Entry<String, Object>> CLAIMS =
      List.of(Map.entry("aud", "https://localhost/token?a=1&b='<2>'\\\""), Map.entry("exp", 300));

  @Test
  void shouldEscapeInJsonAsWindowsPowerShellDoes() {
    assertThat(PowerShell.WINDOWS_5_1.convertToJson(CLAIMS)).isEqualTo("{\r\n"
        + "    \"aud\":  \"https://localhost/token?a=1\\u0026b=\\u0027\\u003c2\\u003e\\u0027\\\\\\\"\",\r\n"
        + "    \"exp\":  300\r\n}");
  }

  @Test
  void shouldEscapeInJsonAsPowerShell7Does() {
    String onLinux = "{\n  \"aud\": \"https://localhost/token?a=1&b='<2>'\\\\\\\"\",\n  \"exp\": 300\n}";

    assertThat(PowerShell.CORE_7_ON_LINUX.convertToJson(CLAIMS)).isEqualTo(onLinux);
    assertThat(PowerShell.CORE_7_ON_WINDOWS.convertToJson(CLAIMS)).isEqualTo(onLinux.replace("\n", "\r\n"));
  }
}
