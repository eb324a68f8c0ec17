using System.Globalization;

namespace Syrinx.Data.Sample.Town;

/// <summary>One way to say something.</summary>
/// <param name="Months">The months in which it can be said; empty for all.</param>
/// <param name="Nodes">What is said.</param>
internal sealed record GrammarAlternative(string Months, GrammarNode[] Nodes);

/// <summary>A rule of a grammar: a name, what its head says of it, and its alternatives.</summary>
internal sealed class GrammarRule(string name, IReadOnlyDictionary<string, string> attributes)
{
    public string Name { get; } = name;

    public List<GrammarAlternative> Alternatives { get; } = [];

    public bool Has(string attribute) => attributes.ContainsKey(attribute);

    public string Text(string attribute, string otherwise) => attributes.GetValueOrDefault(attribute, otherwise);

    public double Number(string attribute, double otherwise) =>
        attributes.TryGetValue(attribute, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>
/// The rules of one topic in one language, from <c>grow/TOPIC.LANG.txt</c>, with <c>grow/common.LANG.txt</c> behind them:
/// <code>
/// [post.ask weight=2 useful replies=4 months=4-9]
/// where do people get {$dish.name} {around here|in town}? {why?}
/// &lt;5-9&gt; an alternative that is said from May to September only
/// </code>
/// <c>post.X</c> begins a conversation, <c>reply.X</c> answers it, <c>back.X</c> is its author answering in turn,
/// <c>quote.X</c> a quote, <c>follow.X</c> answers an answer; <c>self</c> is an author going on. On a board they are
/// <c>title.X article.X push.X boo.X</c>.
/// </summary>
internal sealed class TownGrammar
{
    private readonly Dictionary<string, GrammarRule> _rules = [];
    private readonly TownGrammar? _common;

    private TownGrammar(string file, TownGrammar? common)
    {
        _common = common;
        string[] name = Path.GetFileName(file).Split('.');
        Topic = name[0];
        Language = name[1];
        GrammarRule? rule = null;
        string[] lines = TownFiles.Lines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (line.Length > 1 && line[0] == '[' && char.IsAsciiLetter(line[1])) // not a title's [食記]
            {
                string[] head = line.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries);
                rule = new(head[0], head.Skip(1).Select(a => a.Split('='))
                    .ToDictionary(a => a[0], a => a.Length > 1 ? a[1] : ""));
                if (!_rules.TryAdd(head[0], rule))
                    throw new InvalidOperationException($"{file}, line {i + 1}: a second rule called {head[0]}.");
            }
            else if (line.Length > 0)
            {
                string months = line[0] == '<' ? line[1..line.IndexOf('>', StringComparison.Ordinal)] : "";
                string text = months.Length > 0 ? line[(months.Length + 2)..].TrimStart() : line;
                (rule ?? throw new InvalidOperationException($"{file}, line {i + 1}: text before the first rule."))
                    .Alternatives.Add(new(months, GrammarNode.Parse(text)));
            }
        }
    }

    public string Topic { get; }

    public string Language { get; }

    /// <summary>All topics of a language, without the common rules.</summary>
    public static IReadOnlyList<TownGrammar> Topics(string language) => language == "zh" ? Chinese : English;

    private static IReadOnlyList<TownGrammar> English { get; } = Load("en");

    private static IReadOnlyList<TownGrammar> Chinese { get; } = Load("zh");

    /// <summary>What the planted posts say, from <c>planted/</c>; <c>xx</c> is other languages, a rule each.</summary>
    public static TownGrammar Planted(string language) => language switch
    {
        "zh" => PlantedChinese,
        "xx" => OtherLanguages,
        _ => PlantedEnglish,
    };

    private static TownGrammar PlantedEnglish { get; } = new("planted/planted.en.txt", null);

    private static TownGrammar PlantedChinese { get; } = new("planted/planted.zh.txt", null);

    private static TownGrammar OtherLanguages { get; } = new("planted/languages.xx.txt", null);

    public IEnumerable<GrammarRule> Rules => _rules.Values;

    /// <summary>The beginnings of conversations: <c>post.</c> or <c>article.</c></summary>
    public IEnumerable<GrammarRule> Beginnings(string kind) =>
        _rules.Values.Where(r => r.Name.StartsWith(kind + ".", StringComparison.Ordinal));

    public GrammarRule? Find(string name) => _rules.GetValueOrDefault(name) ?? _common?.Find(name);

    private static TownGrammar[] Load(string language)
    {
        var common = new TownGrammar($"grow/common.{language}.txt", null);
        return [.. TownFiles.In("grow")
            .Where(f => f.EndsWith($".{language}.txt", StringComparison.Ordinal)
                && !f.Contains("/common.", StringComparison.Ordinal))
            .Select(f => new TownGrammar(f, common))];
    }
}
