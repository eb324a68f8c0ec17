namespace Syrinx.Search.Analysis;

/// <summary>
/// Folds characters one to one, so that positions stay: case, full and half width, Latin accents, and variant forms of the
/// same Han character (臺 and 台). Tables of our own instead of Unicode normalization, which .NET leaves out where ICU is
/// missing: the same text must give the same index on every machine.
/// </summary>
internal static class CharacterFolding
{
    /// <summary>Each group's first character is what the others are folded to.</summary>
    private static readonly string[] Groups =
    [
        "aàáâãäåāăąǎạảấầẩẫậắằẳẵặ", "cçćĉċč", "dďđ", "eèéêëēĕėęěẹẻẽếềểễệ", "gĝğġģ", "hĥħ", "iìíîïĩīĭįıỉịǐ", "jĵ", "kķ",
        "lĺļľł", "nñńņňǹ", "oòóôõöøōŏőǒọỏốồổỗộơớờởỡợ", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûüũūŭůűųǔụủưứừửữự", "wŵ", "yýÿŷỳỵỷỹ",
            "zźżž",
        // variants that Traditional Chinese writers use side by side, and no simplified forms
        "台臺", "裡裏", "著着", "為爲", "真眞", "啟啓", "群羣", "峰峯", "床牀", "線綫", "污汚", "麵麪", "秘祕", "跡蹟", "吃喫", "洩泄", "嘆歎", "煙菸", "游遊",
    ];

    private const string HalfwidthKatakana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private static readonly Dictionary<char, char> Folded = Groups
        .SelectMany(group => group.Skip(1).Select(c => KeyValuePair.Create(c, group[0]))).ToDictionary();

    /// <summary>The character that stands for <paramref name="c"/> in the index.</summary>
    public static char Fold(char c)
    {
        if (c < 0x80)
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        if (c is >= '\uFF01' and <= '\uFF5E')
            return Fold((char)(c - 0xFEE0));
        if (c is >= '\uFF66' and <= '\uFF9D')
            return HalfwidthKatakana[c - 0xFF66];
        if (c == '\u3000')
            return ' ';
        if (c == '\u2019')
            return '\'';
        c = char.ToLowerInvariant(c);
        return Folded.TryGetValue(c, out char folded) ? folded : c;
    }
}
