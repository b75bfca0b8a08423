package io.spanloom.http;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.io.TempDir;

class TomcatTest extends ServletCases {

    private static final Logger QUIET = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();

    @TempDir
    Path folder;

    @Override
    int startContainer() throws Exception {
        QUIET.setLevel(Level.OFF);
        tomcat.setBaseDir(folder.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        for (String name : new String[] {"tracing", "tracing-again", "log"}) {
            FilterDef filter = new FilterDef();
            filter.setFilterName(name);
            filter.setFilter(name.equals("log") ? new RequestLogFilter() : new TracingFilter());
            filter.setAsyncSupported("true");
            context.addFilterDef(filter);
            FilterMap map = new FilterMap();
            map.setFilterName(name);
            map.addURLPattern("/*");
            for (String type : new String[] {"REQUEST", "ASYNC", "FORWARD", "INCLUDE", "ERROR"}) {
                map.setDispatcher(type);
            }
            context.addFilterMap(map);
        }
        Tomcat.addServlet(context, "test", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/api/*", "test");
        context.addServletMappingDecoded("/", "test");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    void stopContainer() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
