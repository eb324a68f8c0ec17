using System.Globalization;

namespace Syrinx.Ads;

/// <summary>The languages in which copy is written and reasons are given.</summary>
public enum AdLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>繁體中文 as written in Taiwan.</summary>
    TraditionalChinese,
}

/// <summary>Language tags and cultures as <see cref="AdLanguage"/>.</summary>
public static class AdLanguages
{
    /// <summary>The language of a culture: 繁體中文 for every kind of Chinese, else English.</summary>
    public static AdLanguage Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return culture.TwoLetterISOLanguageName == "zh" ? AdLanguage.TraditionalChinese : AdLanguage.English;
    }
}
