package com.example.migrate;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.entities.Subsegment;
import java.util.List;

public class Activities {

    public List<String> run(String handle) {
        Subsegment subsegment = AWSXRay.beginSubsegment("activities");
        try {
            subsegment.putAnnotation("user_handle", handle);
            return AWSXRay.createSubsegment("read", () -> List.of(handle));
        } catch (Exception e) {
            subsegment.addException(e);
            throw e;
        } finally {
            AWSXRay.endSubsegment();
        }
    }

    public void before() {
        AWSXRay.beginSubsegment("apart");
    }

    public void after() {
        AWSXRay.endSubsegment();
    }
}
