"""The house's colours in QuickSight: the light half of the pages' sheet of tokens."""

from __future__ import annotations

from aws_cdk import aws_quicksight as quicksight
from constructs import Construct

INK, INK_2, PAPER, PAPER_2, LINE = "#14212B", "#4A5A66", "#FFFFFF", "#F5F7F6", "#DFE5E3"
BRAND, BRAND_SOFT = "#0B6E5F", "#E3F2EE"
OK, WARN, BAD, INFO = "#1B7F4B", "#9A5B00", "#B3261E", "#1D5FA8"
SERIES = (BRAND, "#D98324", INFO, "#8A4F9E", BAD, "#73838F")
"""Told apart by colour-blind readers too, together with the labels at the lines."""
AGES = ("#A9D3C9", "#F2D9B6", "#EDBB7A", "#E09B45", "#C8651F", BAD, "#73838F")
"""From not late to very late: what asks for a person is the strongest."""
FONT = "Amazon Ember"
MAY_SEE = ("DescribeTheme", "DescribeThemeAlias", "ListThemeAliases", "ListThemeVersions")


def theme(scope: Construct, name: str, account: str, permissions: list) -> quicksight.CfnTheme:
    q = quicksight.CfnTheme
    return q(
        scope,
        "theme",
        aws_account_id=account,
        theme_id=name,
        base_theme_id="CLASSIC",
        name=name,
        permissions=permissions,
        configuration=q.ThemeConfigurationProperty(
            data_color_palette=q.DataColorPaletteProperty(
                colors=list(SERIES),
                empty_fill_color=LINE,
                min_max_gradient=[BRAND_SOFT, BRAND],
            ),
            sheet=_sheet(),
            typography=q.TypographyProperty(font_families=[q.FontProperty(font_family=FONT)]),
            ui_color_palette=_ui(),
        ),
    )


def _sheet() -> quicksight.CfnTheme.SheetStyleProperty:
    q = quicksight.CfnTheme
    return q.SheetStyleProperty(
        tile=q.TileStyleProperty(
            background_color=PAPER,
            border=q.BorderStyleProperty(show=True, color=LINE),
            border_radius="10px",
        ),
        tile_layout=q.TileLayoutStyleProperty(
            gutter=q.GutterStyleProperty(show=True), margin=q.MarginStyleProperty(show=True)
        ),
    )


def _ui() -> quicksight.CfnTheme.UIColorPaletteProperty:
    return quicksight.CfnTheme.UIColorPaletteProperty(
        primary_background=PAPER,
        primary_foreground=INK,
        secondary_background=PAPER_2,
        secondary_foreground=INK_2,
        accent=BRAND,
        accent_foreground=PAPER,
        success=OK,
        success_foreground=PAPER,
        warning=WARN,
        warning_foreground=PAPER,
        danger=BAD,
        danger_foreground=PAPER,
        dimension=INFO,
        dimension_foreground=PAPER,
        measure=BRAND,
        measure_foreground=PAPER,
    )
