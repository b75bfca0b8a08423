package io.spanloom.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each request with the same bytes, whatever they are, and closes the connection. */
final class RawServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final byte[] answer;

    RawServer(String... lines) throws IOException {
        answer = (String.join("\r\n", lines) + "\r\n\r\nok").getBytes(StandardCharsets.US_ASCII);
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://localhost:" + socket.getLocalPort() + "/";
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                BufferedReader request = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                    line = request.readLine();
                }
                connection.getOutputStream().write(answer);
            } catch (IOException closed) {
                // or a client that has gone
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
