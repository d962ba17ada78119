import io.temporal.testserver.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Many of Temporal's test servers in one Java process, each with a clock and a store of its own. A connection to
 * this program sends the port of a server as a line; that server lives as long as the connection.
 *
 * Prints the port at which it listens. Ends when its input ends.
 */
class TestServers {
  public static void main(String[] args) throws IOException {
    try (ServerSocket requests = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      System.out.println(requests.getLocalPort());
      start(TestServers::endWithInput);
      while (true) {
        Socket request = requests.accept();
        start(() -> serve(request));
      }
    }
  }

  private static void serve(Socket request) {
    try (Socket connection = request) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(connection.getInputStream()));
      int port = Integer.parseInt(lines.readLine());
      // Time is skipped only while a client asks for it, as by default.
      boolean lockTimeSkipping = true;
      try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port, lockTimeSkipping)) {
        lines.readLine();
      }
    } catch (IOException | RuntimeException error) {
      // The client waits for its server in vain, and says so.
      error.printStackTrace();
    }
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException error) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }
}
