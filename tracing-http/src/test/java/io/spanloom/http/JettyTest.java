package io.spanloom.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

class JettyTest extends ServletCases {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    @Override
    int startContainer() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        for (Filter each : new Filter[] {new TracingFilter(), new TracingFilter(), new RequestLogFilter()}) {
            FilterHolder filter = new FilterHolder(each);
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        }
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/api/*");
        context.addServlet(holder, "/");
        server.setHandler(context);
        server.start();
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    void stopContainer() throws Exception {
        server.stop();
    }
}
