using System.Text;

namespace Syrinx.Tests.Tokens;

/// <summary>Text for tests, made of words in two languages with the noise of a platform between them.</summary>
internal static class TestText
{
    private static readonly string[] Words =
    [
        "the", "market", "opens", "at", "nine", "and", "closes", "when", "it", "rains", "I'll", "don't", "WE'RE", "tram", "12", "2026", "late", "again",
        "noodles", "café", "naïve", "今天", "的", "夜市", "很", "好吃", "捷運", "又", "誤點", "，", "。", "！", "哈哈哈", "推", "😀", "👍🏽", "https://example.org/a?b=1",
        "#lunch", "@user", "...", "—", "\n", "\n\n", "  ", "\t", "𠮷野家", "e\u0301", "ǅ", "½", "Ⅻ", "٣", "\u200D", "K",
    ];

    /// <summary>The same text for the same number, always.</summary>
    public static string Paragraph(int seed)
    {
        var text = new StringBuilder();
        ulong state = (ulong)seed * 0x9E3779B97F4A7C15 + 1;
        for (int i = 0; i < 60; i++)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            text.Append(Words[(int)((state >> 33) % (ulong)Words.Length)]);
            if ((state >> 60) < 11)
                text.Append(' ');
        }
        return text.ToString();
    }
}
