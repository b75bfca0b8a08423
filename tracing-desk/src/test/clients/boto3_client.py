"""Asks every operation of the X-Ray API with boto3; the desk's URL is in DESK. Answers are checked against botocore's model."""

import json
import os
import time

import boto3
import botocore
from botocore.exceptions import ClientError

TRACE = "1-6b014935-7ad1c6780862287cab74ea3d"
RULE = "Cruddur"
xray = boto3.client("xray", endpoint_url=os.environ["DESK"])
model = xray.meta.service_model
asked = set()


def check(shape, value, path):
    """Every field of an answer is one of the model's, and of its type."""
    if shape.type_name == "structure":
        for name, field in value.items():
            if name == "ResponseMetadata":
                continue
            assert name in shape.members, f"{path}.{name} is not in the model"
            check(shape.members[name], field, f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            check(shape.member, item, f"{path}[]")
    elif shape.type_name == "map":
        for key, item in value.items():
            check(shape.value, item, f"{path}[{key}]")
    else:
        kinds = {"string": str, "boolean": bool, "integer": int, "long": int, "double": (int, float)}
        kind = kinds.get(shape.type_name)
        assert kind is None or isinstance(value, kind), f"{path} is {value!r}, not {shape.type_name}"


def ask(operation, **arguments):
    asked.add(operation)
    answer = getattr(xray, botocore.xform_name(operation))(**arguments)
    output = model.operation_model(operation).output_shape
    check(output, answer, operation)
    return answer


def refused(operation, **arguments):
    asked.add(operation)
    try:
        getattr(xray, botocore.xform_name(operation))(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidRequestException", error
        assert "not supported by the trace desk" in error.response["Error"]["Message"], error
    else:
        raise AssertionError(operation + " was answered")


now = time.time()
document = {
    "id": "000000000000000a", "trace_id": TRACE, "name": "backend-flask", "start_time": now - 2, "end_time": now - 1,
    "fault": True, "user": "ann", "origin": "AWS::EC2::Instance", "resource_arn": "arn:x",
    "aws": {"ec2": {"instance_id": "i-1", "availability_zone": "eu-west-1a"}, "account_id": "123"},
    "annotations": {"plan": "free", "age": 30, "vip": True},
    "http": {"request": {"url": "http://host/api", "method": "GET", "client_ip": "10.0.0.1", "user_agent": "curl"},
             "response": {"status": 500}},
    "subsegments": [{"id": "000000000000000b", "name": "DynamoDB", "namespace": "aws", "start_time": now - 1.9,
                     "end_time": now - 1.1, "fault": True,
                     "cause": {"exceptions": [{"id": "1", "type": "IOException", "message": "gone"}]}}],
}
answer = ask("PutTraceSegments", TraceSegmentDocuments=[json.dumps(document), "{"])
assert [u["ErrorCode"] for u in answer["UnprocessedTraceSegments"]] == ["BadJson"], answer
ask("PutTelemetryRecords", TelemetryRecords=[{"Timestamp": now, "SegmentsReceivedCount": 1}])

window = {"StartTime": now - 60, "EndTime": now + 60}
pages = xray.get_paginator("get_trace_summaries").paginate(
    FilterExpression='group.name = "Cruddur" AND service() { annotation.plan = "free" }', **window)
found = [summary for page in pages for summary in page["TraceSummaries"]]
assert [summary["Id"] for summary in found] == [TRACE], found
assert ask("GetTraceSummaries", **window)["TraceSummaries"][0]["FaultRootCauses"]
assert json.loads(ask("BatchGetTraces", TraceIds=[TRACE])["Traces"][0]["Segments"][0]["Document"]) == document
assert len(ask("GetTraceGraph", TraceIds=[TRACE])["Services"]) == 3
assert len(ask("GetServiceGraph", GroupName="Cruddur", **window)["Services"]) == 3
assert ask("GetTimeSeriesServiceStatistics", **window)["TimeSeriesServiceStatistics"]

arn = ask("CreateGroup", GroupName="other", Tags=[{"Key": "a", "Value": "1"}])["Group"]["GroupARN"]
assert ask("GetGroup", GroupARN=arn)["Group"]["GroupName"] == "other"
ask("UpdateGroup", GroupName="other", FilterExpression="fault")
assert len(ask("GetGroups")["Groups"]) == 3
ask("TagResource", ResourceARN=arn, Tags=[{"Key": "b", "Value": "2"}])
ask("UntagResource", ResourceARN=arn, TagKeys=["a"])
assert ask("ListTagsForResource", ResourceARN=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
ask("DeleteGroup", GroupName="other")

rule = {"RuleName": "other", "ResourceARN": "*", "Priority": 1, "FixedRate": 1, "ReservoirSize": 0, "ServiceName": "*",
        "ServiceType": "*", "Host": "*", "HTTPMethod": "*", "URLPath": "*", "Version": 1, "Attributes": {"k": "v"}}
ask("CreateSamplingRule", SamplingRule=rule)
ask("UpdateSamplingRule", SamplingRuleUpdate={"RuleName": "other", "FixedRate": 0.5})
assert [r["SamplingRule"]["RuleName"] for r in ask("GetSamplingRules")["SamplingRuleRecords"]] == [
    "other", RULE, "Default"]
targets = ask("GetSamplingTargets", SamplingStatisticsDocuments=[{
    "RuleName": RULE, "ClientID": "0" * 24, "Timestamp": now, "RequestCount": 9, "SampledCount": 1}])
assert targets["SamplingTargetDocuments"][0]["ReservoirQuota"] == 5, targets
assert ask("GetSamplingStatisticSummaries")["SamplingStatisticSummaries"][0]["RequestCount"] == 9
ask("DeleteSamplingRule", RuleName="other")

refused("GetEncryptionConfig")
refused("PutEncryptionConfig", Type="NONE")
refused("GetInsight", InsightId="00000000-0000-4000-8000-000000000000")
refused("GetInsightEvents", InsightId="00000000-0000-4000-8000-000000000000")
refused("GetInsightImpactGraph", InsightId="00000000-0000-4000-8000-000000000000", **window)
refused("GetInsightSummaries", **window)
refused("GetIndexingRules")
refused("UpdateIndexingRule", Name="Default", Rule={"Probabilistic": {"DesiredSamplingPercentage": 1}})
refused("ListResourcePolicies")
refused("PutResourcePolicy", PolicyName="p", PolicyDocument="{}")
refused("DeleteResourcePolicy", PolicyName="p")
refused("GetTraceSegmentDestination")
refused("UpdateTraceSegmentDestination", Destination="XRay")
refused("StartTraceRetrieval", TraceIds=[TRACE], **window)
refused("ListRetrievedTraces", RetrievalToken="t")
refused("GetRetrievedTracesGraph", RetrievalToken="t")
refused("CancelTraceRetrieval", RetrievalToken="t")

missing = set(model.operation_names) - asked
assert not missing, "not asked: %s" % sorted(missing)
print("boto3 %s: %d operations: ok" % (boto3.__version__, len(asked)))
