using System.Text;
using System.Text.RegularExpressions;

namespace Syrinx.Data.Sample.World;

/// <summary>What the platform does to a tweet's text, and what its author's habits do.</summary>
internal static partial class TweetText
{
    /// <summary>The longest tweet, in weighted characters (twitter-text 3).</summary>
    public const int MaxLength = 280;

    private static readonly string[] Emoji = ["😂", "😊", "🙏", "👍", "😭", "🥲", "✨", "🙌", "😅", "🤔", "☔", "🍜", "🐾", "🚲"];
    private static readonly string[] Laughs = [" lol", " haha", " 😂", " lmao"];
    private static readonly string[] ChineseLaughs = ["XD", "哈哈", "哈哈哈", "ㄏㄏ", "笑死"];

    /// <summary>Length by the rules of twitter-text 3: Latin and punctuation 1, others 2, any link 23.</summary>
    public static int WeightedLength(string text)
    {
        int length = 0;
        foreach (var rune in Link().Replace(text, new string('x', 23)).EnumerateRunes())
            length += Weight(rune.Value);
        return length;
    }

    private static int Weight(int codePoint) =>
        codePoint is <= 0x10FF or >= 0x2000 and <= 0x200D or >= 0x2010 and <= 0x201F or >= 0x2032 and <= 0x2037 ? 1 : 2;

    /// <summary>A generated text in its author's manner.</summary>
    public static string InTheirManner(string text, SampleAuthor author, string language, string topic, SampleRandom random)
    {
        bool zh = language == "zh";
        var habit = author.Habit;
        var result = new StringBuilder(habit.HasFlag(WritingHabit.LowerCase) && !zh && random.Chance(0.8)
            ? text.ToLowerInvariant() : text);
        bool ended = result.Length > 0 && result[^1] is '.' or '。';
        if (ended && habit.HasFlag(WritingHabit.NoFullStop) && random.Chance(0.8))
            result.Length--;
        else if (ended && habit.HasFlag(WritingHabit.Exclaims) && random.Chance(0.5))
            result[^1] = zh ? '！' : '!';
        if (habit.HasFlag(WritingHabit.Laughs) && random.Chance(0.25))
            result.Append(random.Pick(zh ? ChineseLaughs : Laughs));
        if (habit.HasFlag(WritingHabit.Emoji) && random.Chance(0.4))
            result.Append(zh ? "" : " ").Append(random.Pick(Emoji));
        if (habit.HasFlag(WritingHabit.Hashtags) && random.Chance(0.35))
            result.Append(' ').Append(Hashtag(topic, zh));
        return result.ToString();
    }

    private static string Hashtag(string topic, bool zh) => (topic, zh) switch
    {
        ("food", false) => "#CuiheEats",
        ("food", true) => "#翠河美食",
        ("transport", false) => "#CuiheBus",
        ("transport", true) => "#翠河公車",
        ("weather", false) => "#CuiheWeather",
        ("weather", true) => "#翠河天氣",
        ("trade", false) => "#CuiheMarket",
        ("trade", true) => "#翠河二手",
        ("pets", false) => "#petsofCuihe",
        ("pets", true) => "#翠河毛孩",
        (_, false) => "#Cuihe",
        _ => "#翠河",
    };

    [GeneratedRegex(@"https?://[^\s，。！？）]+")]
    public static partial Regex Link();
}
