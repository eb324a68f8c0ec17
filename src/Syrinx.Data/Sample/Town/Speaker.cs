using System.Globalization;
using System.Text;

namespace Syrinx.Data.Sample.Town;

/// <summary>
/// Turns grammar rules into texts. Alternatives of a rule come out of a shuffled bag, so that one is not said again
/// before the others were; that keeps generated posts apart from each other. Not thread-safe.
/// </summary>
internal sealed class Speaker(SampleRandom random)
{
    private readonly Dictionary<GrammarRule, Queue<GrammarAlternative>> _bags = [];

    /// <summary>Says a rule; null where neither the topic nor the common rules have it.</summary>
    public string? Say(TownGrammar grammar, string rule, Telling telling)
    {
        if (grammar.Find(rule) is not { } found)
            return null;
        var text = new StringBuilder();
        Append(text, grammar, found, telling, [], 0);
        return Tidy(text.ToString(), grammar.Language);
    }

    private void Append(
        StringBuilder text, TownGrammar grammar, GrammarRule rule, Telling telling, Dictionary<string, int> fresh, int depth)
    {
        if (depth > 12)
            throw new InvalidOperationException($"The rule {rule.Name} of {grammar.Topic}.{grammar.Language} says itself.");
        Append(text, grammar, Next(rule, telling.Taipei.Month).Nodes, telling, fresh, depth);
    }

    private void Append(
        StringBuilder text, TownGrammar grammar, GrammarNode[] nodes, Telling telling, Dictionary<string, int> fresh, int depth)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case GrammarNode.Words words:
                    text.Append(words.Text);
                    break;
                case GrammarNode.Choice choice:
                    Append(text, grammar, random.Pick(choice.Options), telling, fresh, depth + 1);
                    break;
                case GrammarNode.Number number:
                    int steps = (number.High - number.Low) / number.Step;
                    // Prices come in steps and with a comma; years and the like have neither.
                    text.Append((number.Low + number.Step * random.Below(steps + 1))
                        .ToString(number.Step > 1 ? "#,0" : "0", CultureInfo.InvariantCulture));
                    break;
                case GrammarNode.Fact fact:
                    text.Append(telling.Say(TownFacts.In(grammar.Language), grammar.Language, fact.Table, fact.Column,
                        fact.Fresh ? fresh : null));
                    break;
                case GrammarNode.Rule rule when !rule.Optional || random.Chance(0.5):
                    var found = grammar.Find(rule.Name)
                        ?? throw new InvalidOperationException($"{grammar.Topic}.{grammar.Language} has no rule {rule.Name}.");
                    Append(text, grammar, found, telling, fresh, depth + 1);
                    break;
            }
        }
    }

    private GrammarAlternative Next(GrammarRule rule, int month)
    {
        if (!_bags.TryGetValue(rule, out var bag))
            _bags[rule] = bag = [];
        for (int i = 0; i < rule.Alternatives.Count * 2; i++)
        {
            if (bag.Count == 0)
            {
                var all = rule.Alternatives.ToArray();
                random.Shuffle(all);
                foreach (var alternative in all)
                    bag.Enqueue(alternative);
            }
            var next = bag.Dequeue();
            if (Months.Contain(next.Months, month))
                return next;
        }
        throw new InvalidOperationException($"The rule {rule.Name} has nothing to say in month {month}.");
    }

    /// <summary>Closes the gaps that left-out pieces leave, and begins English sentences with a capital.</summary>
    internal static string Tidy(string text, string language)
    {
        var tidy = new StringBuilder(text.Length);
        bool sentence = true;
        foreach (char c in text)
        {
            char last = tidy.Length > 0 ? tidy[^1] : '\n';
            if (c == ' ' && last is ' ' or '\n')
                continue;
            if (c is ',' or '.' or '?' or '!' or '\n' && last == ' ')
                tidy.Length--;
            tidy.Append(sentence && language == "en" && char.IsAsciiLetterLower(c) ? char.ToUpperInvariant(c) : c);
            if (char.IsLetterOrDigit(c) || c is '@' or '#')
                sentence = false;
            else if (c == '\n' || (c == ' ' && last is '.' or '?' or '!'))
                sentence = true;
        }
        return tidy.ToString().Trim();
    }
}
