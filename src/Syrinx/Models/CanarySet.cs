using System.Globalization;

namespace Syrinx.Models;

/// <summary>An invented sentence with a secret that no text has, to see whether a model repeats what it read.</summary>
/// <param name="Kind">What the secret is made of.</param>
/// <param name="Prefix">What stands before the secret; each canary has its own.</param>
/// <param name="Secret">The secret, with the space before it where there is one.</param>
public sealed record Canary(CanaryKind Kind, string Prefix, string Secret);

/// <summary>What secrets are made of.</summary>
public enum CanaryKind
{
    /// <summary>Nine digits: 10^9 secrets.</summary>
    Digits,

    /// <summary>Four of 64 English words: 2^24 secrets.</summary>
    Words,

    /// <summary>Four of 64 Chinese words: 2^24 secrets.</summary>
    Chinese,
}

/// <summary>
/// Canaries after Carlini et al. 2019, "The secret sharer" (<see href="https://arxiv.org/abs/1802.08232"/>): which of them training
/// puts into its text, and how often. All are computed from the seed, so a model's record of these two numbers names them all.
/// Immutable.
/// </summary>
/// <param name="Seed">The seed.</param>
/// <param name="PerRepetition">Canaries for each number of <see cref="Repetitions"/>.</param>
public sealed record CanarySet(ulong Seed, int PerRepetition)
{
    private const ulong Planted = 1UL << 32, References = 2UL << 32;

    private static readonly string[] Syllables =
        ["ba", "del", "fen", "gor", "hul", "jas", "kel", "lor", "mir", "nov", "pra", "quil", "ros", "sten", "tav", "ulm", "vor", "wex", "yar", "zin"];

    private static readonly string[] Words =
    [
        "anchor", "basket", "candle", "desert", "engine", "feather", "garden", "hammer", "island", "jacket", "kettle", "ladder", "magnet",
        "needle", "orchid", "pepper", "quartz", "ribbon", "saddle", "temple", "umbrella", "valley", "window", "yellow", "zipper", "apple",
        "bridge", "copper", "drum", "eagle", "forest", "grape", "harbor", "iron", "jungle", "knife", "lemon", "mirror", "noodle", "ocean",
        "paper", "queen", "river", "silver", "tiger", "uncle", "violin", "water", "yard", "zebra", "arrow", "bottle", "circle", "dragon",
        "elbow", "finger", "glove", "honey", "ink", "jar", "king", "lamp", "moon", "nest",
    ];

    private static readonly string[] ChineseSyllables =
        ["宥", "岑", "沐", "澄", "禹", "芸", "苡", "璟", "昀", "霖", "玥", "翊", "彤", "晞", "紓", "樺", "嵐", "汐", "寧", "鈞"];

    private static readonly string[] ChineseWords =
    [
        "燈塔", "竹籃", "蠟燭", "沙漠", "引擎", "羽毛", "花園", "鐵鎚", "島嶼", "外套", "水壺", "梯子", "磁鐵", "針線", "蘭花", "胡椒", "水晶", "緞帶", "馬鞍", "寺廟",
        "雨傘", "山谷", "窗戶", "黃色", "拉鍊", "蘋果", "橋梁", "銅鑼", "大鼓", "老鷹", "森林", "葡萄", "港口", "鋼鐵", "叢林", "小刀", "檸檬", "鏡子", "麵條", "海洋",
        "紙張", "女王", "河流", "銀色", "老虎", "叔叔", "提琴", "清水", "院子", "斑馬", "箭頭", "瓶子", "圓圈", "飛龍", "手肘", "指頭", "手套", "蜂蜜", "墨水", "罐子",
        "國王", "檯燈", "月亮", "鳥巢",
    ];

    /// <summary>How often a canary is put into the text.</summary>
    public static IReadOnlyList<int> Repetitions { get; } = [1, 10, 100];

    /// <summary>Most canaries for each number: what the names suffice for, twice over.</summary>
    public const int Most = 1000;

    /// <summary>
    /// The canaries that are put in <paramref name="repetitions"/> times; with 0 some that never are, with which the others are compared.
    /// </summary>
    public IReadOnlyList<Canary> Of(int repetitions)
    {
        int at = repetitions == 0 ? Repetitions.Count : Repetitions.ToList().IndexOf(repetitions);
        ArgumentOutOfRangeException.ThrowIfNegative(at, nameof(repetitions));
        return [.. All().Skip(at * PerRepetition).Take(PerRepetition)];
    }

    /// <summary>Other secrets of a canary's kind, which are in no text either: what its own is ranked among. None is there twice.</summary>
    /// <param name="canary">A canary of the set.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<string> Others(Canary canary, int count)
    {
        var taken = All().Select(c => c.Secret).ToHashSet(StringComparer.Ordinal);
        var random = new SplitMix64(Seed, References + (ulong)canary.Kind);
        var others = new List<string>(count);
        while (others.Count < count)
        {
            string secret = NewSecret(canary.Kind, ref random);
            if (taken.Add(secret))
                others.Add(secret);
        }
        return others;
    }

    private List<Canary> All()
    {
        var random = new SplitMix64(Seed, Planted);
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<Canary>();
        while (all.Count < PerRepetition * (Repetitions.Count + 1))
        {
            var kind = (CanaryKind)(all.Count % 3);
            string prefix = NewPrefix(kind, ref random), secret = NewSecret(kind, ref random);
            if (prefixes.Add(prefix))
                all.Add(new(kind, prefix, secret));
        }
        return all;
    }

    private static string NewPrefix(CanaryKind kind, ref SplitMix64 random)
    {
        if (kind == CanaryKind.Chinese)
            return Pick(ChineseSyllables, ref random) + Pick(ChineseSyllables, ref random) + Pick(ChineseSyllables, ref random) + "說：我的暗號是";
        string first = Name(ref random), last = Name(ref random), place = Name(ref random);
        return $"{first} {last} of {place} wrote: my {(kind == CanaryKind.Digits ? "code" : "password")} is";
    }

    private static string NewSecret(CanaryKind kind, ref SplitMix64 random)
    {
        if (kind == CanaryKind.Digits)
            return " " + random.Below(1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
        string[] words = kind == CanaryKind.Chinese ? ChineseWords : Words;
        string secret = "";
        for (int i = 0; i < 4; i++)
            secret += (kind == CanaryKind.Chinese ? "" : " ") + Pick(words, ref random);
        return secret;
    }

    private static string Name(ref SplitMix64 random)
    {
        string name = Pick(Syllables, ref random) + Pick(Syllables, ref random);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Pick(string[] from, ref SplitMix64 random) => from[random.Below(from.Length)];
}
