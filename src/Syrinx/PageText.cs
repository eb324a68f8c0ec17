using System.Globalization;
using System.Net;

namespace Syrinx;

/// <summary>How texts in English and Traditional Chinese, and numbers, are put into the pages that the program writes.</summary>
public static class PageText
{
    private static readonly Dictionary<string, (string En, string Zh)> LanguageNames = new(StringComparer.Ordinal)
    {
        ["en"] = ("English", "英文"),
        ["zh-Hant"] = ("Chinese (Trad.)", "繁體中文"),
        ["zh-Hans"] = ("Chinese (Simp.)", "簡體中文"),
        ["yue"] = ("Cantonese", "粵語"),
        ["ja"] = ("Japanese", "日文"),
        ["ko"] = ("Korean", "韓文"),
        ["es"] = ("Spanish", "西班牙文"),
        ["fr"] = ("French", "法文"),
        ["de"] = ("German", "德文"),
        ["pt"] = ("Portuguese", "葡萄牙文"),
        ["it"] = ("Italian", "義大利文"),
        ["nl"] = ("Dutch", "荷蘭文"),
        ["vi"] = ("Vietnamese", "越南文"),
        ["id"] = ("Indonesian", "印尼文"),
        ["tl"] = ("Tagalog", "他加祿文"),
        ["tr"] = ("Turkish", "土耳其文"),
        ["pl"] = ("Polish", "波蘭文"),
        ["cs"] = ("Czech", "捷克文"),
        ["ro"] = ("Romanian", "羅馬尼亞文"),
        ["hu"] = ("Hungarian", "匈牙利文"),
        ["sv"] = ("Swedish", "瑞典文"),
        ["da"] = ("Danish", "丹麥文"),
        ["no"] = ("Norwegian", "挪威文"),
        ["fi"] = ("Finnish", "芬蘭文"),
        ["ru"] = ("Russian", "俄文"),
        ["uk"] = ("Ukrainian", "烏克蘭文"),
        ["th"] = ("Thai", "泰文"),
        ["ar"] = ("Arabic", "阿拉伯文"),
        ["fa"] = ("Persian", "波斯文"),
        ["hi"] = ("Hindi", "印地文"),
        ["el"] = ("Greek", "希臘文"),
        ["he"] = ("Hebrew", "希伯來文"),
        ["und"] = ("undetermined", "無從判斷"),
    };

    /// <summary>Name of a language in both languages; an unknown code is its own name.</summary>
    public static (string En, string Zh) LanguageName(string code) => LanguageNames.GetValueOrDefault(code, (code, code));

    /// <summary>A text in both languages, of which the page shows one.</summary>
    public static string Both(string en, string zh) =>
        $"<span class=\"en\" lang=\"en\">{Escape(en)}</span><span class=\"zh\" lang=\"zh-Hant\">{Escape(zh)}</span>";

    /// <inheritdoc cref="Both(string, string)"/>
    public static string Both((string En, string Zh) words) => Both(words.En, words.Zh);

    /// <summary>A text that cannot become markup, in an element or in an attribute's quotes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The culture of every number on the page.</summary>
    public static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>12,345.</summary>
    public static string Number(long n) => n.ToString("N0", Invariant);

    /// <summary>A coordinate.</summary>
    public static string At(double x) => x.ToString("0.#", Invariant);
}
