"""Who sees the figures of which organisation: a list that the owner keeps.

The list is one file, `readers.csv`, below `dashboard-readers/` in the lake's bucket, where none of
our functions may write; the stack's output `DashboardReaders` is its address. Its first line is a
heading, then follows one line per reader (a QuickSight user, or else a group) and organisation:

    user,group,organisation
    arn:aws:quicksight:eu-west-1:123456789012:user/default/anna,,vandijk
    ,arn:aws:quicksight:eu-west-1:123456789012:group/default/finance,vandijk

Within the hour the reader sees that organisation. Whoever is not on the list sees nothing, and a
line without an organisation counts for nothing: to QuickSight it would mean all of them.
"""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_glue as glue
from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

from infra.dashboards.subject import Field, Query
from infra.parts.checklist import accept
from infra.reports import ReportsStack
from kasstroom.reports.lake import Type

READERS = "dashboard_readers"
READERS_PREFIX = "dashboard-readers/"
READERS_FILE = f"{READERS_PREFIX}readers.csv"
COLUMNS = ("user_arn", "group_arn", "org")
RULES = Query(
    "readers",
    (
        Field("UserARN", Type.STRING, "nullif(trim(r.user_arn), '')"),
        Field("GroupARN", Type.STRING, "nullif(trim(r.group_arn), '')"),
        Field("org", Type.STRING, "trim(r.org)"),
    ),
    f"FROM {{lake}}.{READERS} r WHERE trim(r.org) <> ''"
    " AND (trim(r.user_arn) <> '' OR trim(r.group_arn) <> '')",
)


def readers_table(scope: Construct, reports: ReportsStack) -> glue.CfnTable:
    """Texts with commas between, as a spreadsheet writes them."""
    return glue.CfnTable(
        scope,
        "readers",
        catalog_id=Stack.of(scope).account,
        database_name=reports.database_name,
        table_input=glue.CfnTable.TableInputProperty(
            name=READERS,
            description="Which QuickSight user or group sees which organisation",
            table_type="EXTERNAL_TABLE",
            parameters={"classification": "csv", "EXTERNAL": "TRUE", "skip.header.line.count": "1"},
            storage_descriptor=glue.CfnTable.StorageDescriptorProperty(
                columns=[
                    glue.CfnTable.ColumnProperty(name=name, type=str(Type.STRING))
                    for name in COLUMNS
                ],
                location=f"s3://{reports.bucket.bucket_name}/{READERS_PREFIX}",
                input_format="org.apache.hadoop.mapred.TextInputFormat",
                output_format="org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                serde_info=glue.CfnTable.SerdeInfoProperty(
                    serialization_library="org.apache.hadoop.hive.serde2.OpenCSVSerde",
                    parameters={"separatorChar": ","},
                ),
            ),
        ),
    )


def show_readers_only(data_set: quicksight.CfnDataSet, rules: quicksight.CfnDataSet) -> None:
    """A reader sees the rows whose `org` the rules name beside him; no rule, no rows.

    In CloudFormation's own words, for CDK's are marked as deprecated.
    """
    data_set.add_property_override(
        "RowLevelPermissionDataSet",
        {
            "Arn": rules.attr_arn,
            "FormatVersion": "VERSION_2",
            "PermissionPolicy": "GRANT_ACCESS",
            "Status": "ENABLED",
        },
    )
    accept(
        data_set,
        "CloudFormation-Validate::W9009",
        "Data sets prepared in steps carry their rules elsewhere; ours are one question each.",
    )
