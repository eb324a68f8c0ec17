namespace Syrinx.Data.Corpus.Language;

/// <summary>
/// Tells the language of a text: first by script (Han, kana, hangul, Thai, Cyrillic, …), then within a script by characters that
/// only one language writes (Traditional or Simplified, Cantonese, Ukrainian or Russian, …), within Latin and Cyrillic letters by
/// <see cref="NgramModel"/>.
/// Codes are BCP 47: <c>en</c>, <c>zh-Hant</c>, <c>zh-Hans</c>, <c>yue</c>, <c>ja</c>, …; <c>und</c> where there is nothing to tell
/// by.
/// Thread-safe.
/// </summary>
public static class LanguageDetector
{
    /// <summary>The code of a text that has no language.</summary>
    public const string Undetermined = "und";

    // A Chinese character says about as much as two and a half Latin letters (Unihan's mean word of 1.6 against English 4.1).
    private const float HanWeight = 2.5f;

    private static readonly NgramModel Latin = NgramModel.Shipped("latin"), Cyrillic = NgramModel.Shipped("cyrillic");

    private static readonly (char From, char To, Script Script)[] Blocks =
    [
        ('\u0041', '\u005A', Script.Latin), ('\u0061', '\u007A', Script.Latin), ('\u00C0', '\u024F', Script.Latin),
        ('\u0370', '\u03FF', Script.Greek), ('\u0400', '\u052F', Script.Cyrillic), ('\u0531', '\u058F', Script.Armenian),
        ('\u05D0', '\u05F4', Script.Hebrew), ('\u0620', '\u06FF', Script.Arabic), ('\u0750', '\u077F', Script.Arabic),
        ('\u0900', '\u097F', Script.Devanagari), ('\u0980', '\u09FF', Script.Bengali), ('\u0A00', '\u0A7F', Script.Gurmukhi),
        ('\u0A80', '\u0AFF', Script.Gujarati), ('\u0B80', '\u0BFF', Script.Tamil), ('\u0C00', '\u0C7F', Script.Telugu),
        ('\u0C80', '\u0CFF', Script.Kannada), ('\u0D00', '\u0D7F', Script.Malayalam), ('\u0D80', '\u0DFF', Script.Sinhala),
        ('\u0E01', '\u0E5B', Script.Thai), ('\u0E81', '\u0EDF', Script.Lao), ('\u0F00', '\u0FFF', Script.Tibetan),
        ('\u1000', '\u109F', Script.Myanmar), ('\u10A0', '\u10FF', Script.Georgian), ('\u1100', '\u11FF', Script.Hangul),
        ('\u1200', '\u137F', Script.Ethiopic), ('\u1780', '\u17FF', Script.Khmer), ('\u1E00', '\u1EFF', Script.Latin),
        ('\u3041', '\u30FF', Script.Kana), ('\u3105', '\u312F', Script.Bopomofo), ('\u3130', '\u318F', Script.Hangul),
        ('\u31F0', '\u31FF', Script.Kana), ('\u3400', '\u4DBF', Script.Han), ('\u4E00', '\u9FFF', Script.Han),
        ('\uAC00', '\uD7A3', Script.Hangul), ('\uF900', '\uFAFF', Script.Han), ('\uFF66', '\uFF9F', Script.Kana),
    ];

    private static readonly byte[] ScriptOf = BuildTable();

    private static readonly bool[] CantoneseOnly = Marked("嘅咗喺冇嗰啲嘢嚟唔哋佢咁噉冧啱嗌諗谂瞓攞嘥喎㗎噃搵揾攰畀");

    // Of these, one alone tells in a short text.
    private static readonly bool[] CantoneseAlone = Marked("嘅咗喺啲嘢嚟哋㗎嗰攰瞓啱嗌佢");

    private enum Script : byte
    {
        None, Latin, Han, Kana, Bopomofo, Hangul, Cyrillic, Arabic, Greek, Hebrew, Thai, Armenian, Georgian, Devanagari, Bengali,
        Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Sinhala, Lao, Tibetan, Myanmar, Ethiopic, Khmer, Count,
    }

    /// <summary>The language and how sure it is, 0…1.</summary>
    public static (string Lang, float Score) Detect(ReadOnlySpan<char> text)
    {
        Span<int> letters = stackalloc int[(int)Script.Count];
        letters.Clear();
        foreach (char c in text)
            letters[ScriptOf[c]]++;
        letters[0] = 0;

        float cjk = HanWeight * (letters[(int)Script.Han] + letters[(int)Script.Bopomofo]) + 1.5f * letters[(int)Script.Kana];
        letters[(int)Script.Hangul] *= 2;
        int alphabet = 0;
        float total = cjk;
        for (int s = 0; s < letters.Length; s++)
        {
            if (s is (int)Script.Han or (int)Script.Bopomofo or (int)Script.Kana)
                continue;
            total += letters[s];
            if (letters[s] > letters[alphabet])
                alphabet = s;
        }
        if (total < 2)
            return (Undetermined, 0);

        // one name in Latin letters does not make a Chinese post English: the alphabet must outweigh
        var (lang, score) = cjk >= letters[alphabet] ? Cjk(text, letters) : Alphabetic(text, (Script)alphabet, letters[alphabet]);
        float share = Math.Max(cjk, letters[alphabet]) / total;
        return (lang, score * MathF.Sqrt(share));
    }

    private static (string, float) Cjk(ReadOnlySpan<char> text, ReadOnlySpan<int> letters)
    {
        int kana = letters[(int)Script.Kana], han = letters[(int)Script.Han];
        if (kana >= 2 && kana > 0.15 * (kana + han) || han == 0 && kana > 0)
            return ("ja", Sure(kana + han));
        if (IsCantonese(text, han))
            return ("yue", Sure(han));
        ChineseScript.Count(text, out int traditional, out int simplified);
        if (letters[(int)Script.Bopomofo] > 0)
            traditional++;
        if (traditional == 0 && simplified == 0)
            return ("zh-Hant", 0.6f * Sure(han)); // nothing tells; the platforms at hand write Traditional
        bool isTraditional = traditional >= simplified;
        float side = (float)Math.Max(traditional, simplified) / (traditional + simplified);
        return (isTraditional ? "zh-Hant" : "zh-Hans", side * Sure(han));
    }

    private static (string, float) Alphabetic(ReadOnlySpan<char> text, Script script, int letters) => script switch
    {
        Script.Latin => letters < 3 ? (Undetermined, 0) : Guess(text, letters),
        Script.Cyrillic => Slavic(text, letters),
        Script.Arabic => (text.ContainsAny("ٹڈڑںے") ? "ur" : text.ContainsAny("پچژگی") ? "fa" : "ar", Sure(letters)),
        _ => (Code(script), Sure(letters)),
    };

    // Five words can look like any language that lends words: "Great Dane Rescue".
    private static (string, float) Guess(ReadOnlySpan<char> text, int letters)
    {
        var (lang, score) = Latin.Detect(text);
        return (lang, score * Math.Min(1, 0.3f + letters / 35f));
    }

    // A letter that only one of them has decides; without one a few words can be anybody's, most often Russian.
    private static (string, float) Slavic(ReadOnlySpan<char> text, int letters)
    {
        if (text.ContainsAny('ї', 'є', 'ґ') || text.Contains('і') && !text.Contains('ў'))
            return ("uk", Sure(letters));
        if (text.ContainsAny("ђћџјљњ"))
            return ("sr", Sure(letters));
        if (text.ContainsAny('ы', 'э', 'ё') && !text.Contains('ў'))
            return ("ru", Sure(letters));
        var (lang, score) = Cyrillic.Detect(text);
        return letters < 12 && score < 0.9f ? ("ru", 0.5f * Sure(letters)) : (lang, score * Sure(letters));
    }

    // Characters that written Cantonese cannot do without and the written standard does not use.
    private static bool IsCantonese(ReadOnlySpan<char> text, int han)
    {
        int found = 0, telling = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i], next = i + 1 < text.Length ? text[i + 1] : ' ', after = i + 2 < text.Length ? text[i + 2] : ' ';
            found += CantoneseOnly[c] ? 1 : 0;
            telling += CantoneseAlone[c] ? 1 : 0;
            bool word = (c, next) switch
            {
                // "not" before what is not done; alone it is a sigh in Mandarin, too
                ('唔', _) => "係知該好使想得到會要識去嚟覺敢信同緊駛見聽食出返再覆記做講俾畀夠理需".Contains(next),
                ('邊', '度') => !"假過日蜜週周".Contains(after), // 海邊度假
                ('聽', '日') => !"本文語劇".Contains(after),
                ('而', '家') => !"人裡裏中庭長".Contains(after),
                ('點', '解') => i == 0 || !"重觀焦地論缺優痛難考盲特定".Contains(text[i - 1]), // 重點解析
                ('琴' or '尋', '日') or ('屋', '企') or ('隔', '籬') or ('返', '工' or '學') or ('邊', '個') => true,
                ('呢', '個' or '件' or '間' or '條' or '度' or '隻' or '部' or '位') => true,
                _ => false,
            };
            if (word)
            {
                telling++;
                found += c == '唔' ? 0 : 1;
            }
        }
        // one in a quotation or a name does not make a text Cantonese
        return found >= 2 ? found * 18 >= han : telling >= 1 && han <= 12;
    }

    // Two letters may be a name; ten of one script are a sentence.
    private static float Sure(int letters) => Math.Min(1, 0.5f + 0.05f * letters);

    private static string Code(Script script) => script switch
    {
        Script.Hangul => "ko",
        Script.Greek => "el",
        Script.Hebrew => "he",
        Script.Thai => "th",
        Script.Armenian => "hy",
        Script.Georgian => "ka",
        Script.Devanagari => "hi",
        Script.Bengali => "bn",
        Script.Gurmukhi => "pa",
        Script.Gujarati => "gu",
        Script.Tamil => "ta",
        Script.Telugu => "te",
        Script.Kannada => "kn",
        Script.Malayalam => "ml",
        Script.Sinhala => "si",
        Script.Lao => "lo",
        Script.Tibetan => "bo",
        Script.Myanmar => "my",
        Script.Ethiopic => "am",
        Script.Khmer => "km",
        _ => Undetermined,
    };

    private static bool[] Marked(string characters)
    {
        var table = new bool[char.MaxValue + 1];
        foreach (char c in characters)
            table[c] = true;
        return table;
    }

    private static byte[] BuildTable()
    {
        var table = new byte[char.MaxValue + 1];
        foreach (var (from, to, script) in Blocks)
            table.AsSpan(from, to - from + 1).Fill((byte)script);
        table['\u00D7'] = table['\u00F7'] = 0; // × ÷
        table['\u30FB'] = table['\u30FC'] = 0; // ・ and the long vowel mark, which Chinese posts use as a dash
        return table;
    }
}
