using MudBlazor;

namespace Syrinx.Server.Layout;

/// <summary>
/// MudBlazor's colours and type for the two schemes; <c>wwwroot/app.css</c> names the same colours for our own components.
/// Every text colour has at least 4.5 : 1 against its ground (WCAG 2.2 AA). Fonts are the system's: nothing is loaded.
/// </summary>
internal static class SyrinxTheme
{
    private static readonly string[] Fonts =
    [
        "system-ui", "-apple-system", "Segoe UI", "Noto Sans", "Noto Sans CJK TC", "Noto Sans TC", "PingFang TC",
        "Microsoft JhengHei", "sans-serif",
    ];

    /// <summary>Paper, ink and teal; holds unless <c>data-theme</c> says dark.</summary>
    internal static MudTheme Light { get; } = Theme(":root");

    /// <summary>Night; holds under <c>&lt;html data-theme="dark"&gt;</c>.</summary>
    internal static MudTheme Dark { get; } = Theme(":root[data-theme=\"dark\"]");

    private static MudTheme Theme(string scope)
    {
        var theme = new MudTheme
        {
            PseudoCss = new PseudoCss { Scope = scope },
            LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px", DrawerWidthLeft = "288px", AppbarHeight = "60px" },
            PaletteLight = new PaletteLight
            {
                Primary = "#0b6b62",
                PrimaryContrastText = "#ffffff",
                Secondary = "#a8481a",
                SecondaryContrastText = "#ffffff",
                Tertiary = "#574b9e",
                TertiaryContrastText = "#ffffff",
                Info = "#23608f",
                Success = "#2c6e3f",
                Warning = "#8a5a00",
                Error = "#b3261e",
                Background = "#f7f5f0",
                Surface = "#ffffff",
                DrawerBackground = "#f1eee7",
                DrawerText = "#182426",
                DrawerIcon = "#4d5c5f",
                AppbarBackground = "#f7f5f0",
                AppbarText = "#182426",
                TextPrimary = "#182426",
                TextSecondary = "#4d5c5f",
                TextDisabled = "#6f7b7d",
                ActionDefault = "#4d5c5f",
                LinesDefault = "#ddd8cc",
                LinesInputs = "#7d8a8c",
                Divider = "#ddd8cc",
                TableLines = "#ddd8cc",
                OverlayDark = "rgba(24,36,38,0.5)",
            },
            PaletteDark = new PaletteDark
            {
                Primary = "#63cdbd",
                PrimaryContrastText = "#06211e",
                Secondary = "#f2a66f",
                SecondaryContrastText = "#2b1505",
                Tertiary = "#b9aff5",
                TertiaryContrastText = "#191433",
                Info = "#8fc3ee",
                Success = "#8bd09c",
                Warning = "#e9bd63",
                Error = "#ff9d94",
                Background = "#0f1718",
                Surface = "#172122",
                DrawerBackground = "#131c1d",
                DrawerText = "#e8edea",
                DrawerIcon = "#a9b8b6",
                AppbarBackground = "#0f1718",
                AppbarText = "#e8edea",
                TextPrimary = "#e8edea",
                TextSecondary = "#a9b8b6",
                TextDisabled = "#7c8b8a",
                ActionDefault = "#a9b8b6",
                LinesDefault = "#2c3a3b",
                LinesInputs = "#6f8180",
                Divider = "#2c3a3b",
                TableLines = "#2c3a3b",
                OverlayDark = "rgba(4,8,8,0.65)",
            },
        };
        foreach (BaseTypography typography in new BaseTypography[]
        {
            theme.Typography.Default, theme.Typography.H1, theme.Typography.H2, theme.Typography.H3, theme.Typography.H4,
            theme.Typography.H5, theme.Typography.H6, theme.Typography.Subtitle1, theme.Typography.Subtitle2,
            theme.Typography.Body1, theme.Typography.Body2, theme.Typography.Button, theme.Typography.Caption,
            theme.Typography.Overline,
        })
        {
            typography.FontFamily = Fonts;
            typography.LetterSpacing = "0";
        }
        theme.Typography.Button.TextTransform = "none";
        return theme;
    }
}
