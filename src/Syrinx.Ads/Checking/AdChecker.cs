namespace Syrinx.Ads;

/// <summary>
/// Checks copy against a brief: limits, duplicates, claims, banned words, policy. Immutable and safe to share between
/// threads; keep one for a brief, for reading the facts is the larger part of the work.
/// </summary>
public sealed class AdChecker
{
    /// <summary>
    /// A text with more UTF-16 characters is too long for every format (an X post with a long link included); its words are not read.
    /// </summary>
    public const int MostCharacters = 2_000;

    /// <summary>Of a text that is too long, so many UTF-16 characters are read for claims, banned words and policy.</summary>
    public const int MostReadOfTooLong = 500;

    private readonly AdBrief _brief;
    private readonly FactBook _facts;
    private readonly BannedWords _banned;
    private readonly IReadOnlyList<AdPolicyRule> _briefRules;

    /// <summary>Reads a brief.</summary>
    /// <param name="brief">A checked brief.</param>
    public AdChecker(AdBrief brief)
    {
        ArgumentNullException.ThrowIfNull(brief);
        _brief = brief;
        _facts = new(brief);
        _banned = new(brief.Banned);
        _briefRules = [.. AdPolicy.Default.Of(brief)];
        BriefProblems = [.. ProblemsOfBrief()];
    }

    /// <summary>
    /// What of the brief itself cannot be used: a fact that is an instruction, a claim in a field that is no fact (product,
    /// call_to_action, audience, keywords), a prohibited category.
    /// </summary>
    public IReadOnlyList<AdProblem> BriefProblems { get; }

    /// <summary>The facts, read.</summary>
    internal FactBook Facts => _facts;

    /// <summary>Checks one ad; for several with the same brief keep a checker.</summary>
    public static AdVerdict Check(AdBrief brief, AdFormat format, FieldValues<string> fields, CancellationToken cancel = default) =>
        new AdChecker(brief).Check(format, fields, cancel);

    /// <summary>Checks one ad.</summary>
    /// <param name="format">Whose limits hold.</param>
    /// <param name="fields">The copy.</param>
    /// <param name="cancel">Stops the work.</param>
    public AdVerdict Check(AdFormat format, FieldValues<string> fields, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(fields);
        var problems = new List<AdProblem>();
        var claims = new List<AdClaim>();
        var rules = new List<AdPolicyRule>(_briefRules);
        var conditional = new List<(AdProblem Problem, IReadOnlyList<Fact> Facts, Claim Offer, int Claim)>();
        var said = new List<Claim>();
        var lengths = new List<KeyValuePair<AdField, IReadOnlyList<int>>>();
        string whole = string.Join('\n', fields.All.SelectMany(f => f.Value).Where(v => v.Length <= MostCharacters).Select(FoldedText.Fold));
        foreach (var field in format.Fields)
        {
            var values = fields[field.Name];
            CheckForm(field, values, problems);
            if (values.Count > 0)
                lengths.Add(new(field, [.. values.Select(v => v.Length > MostCharacters ? v.Length : TextLength.Of(v, field.Counter))]));
            for (int i = 0; i < values.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                if (values[i].Length > MostCharacters)
                    continue; // refused as too long
                if (i >= field.Max)
                    break; // too many
                string read = values[i].Length <= MostReadOfTooLong || TextLength.Of(values[i], field).Fits ? values[i] : values[i][..MostReadOfTooLong];
                said.AddRange(CheckWords(field, field.IsList ? i : null, read, problems, claims, conditional));
                rules.AddRange(AdPolicy.Default.In(FoldedText.Of(ReadAs(field, read)), _brief.Country, field.Name, field.IsList ? i : null));
            }
        }
        // a fact that holds only for some supports a claim only where the ad says for whom
        foreach (var (problem, facts, offer, claim) in conditional)
        {
            var fact = facts.FirstOrDefault(f => Conditions.AreStated(whole, said, f, offer));
            claims[claim] = claims[claim] with { Text = fact is null ? "" : claims[claim].Text, Fact = fact?.Text ?? "" };
            if (fact is null)
                problems.Add(problem);
        }
        claims.RemoveAll(c => c.Text.Length == 0);
        problems.AddRange(rules.Where(r => r.Outcome == AdPolicy.Prohibited)
            .Select(r => new AdProblem(r.Field, r.Index, AdRules.Policy, r.Found) { Why = r.Why }));
        return new([.. InOrder(problems, format)], new(lengths), claims, new(AdPolicy.VerdictOf(rules), rules));
    }

    private static IEnumerable<AdProblem> InOrder(List<AdProblem> problems, AdFormat format) => problems
        .OrderBy(p => format.Fields.ToList().FindIndex(f => f.Name == p.Field)).ThenBy(p => p.Index ?? -1);

    private static void CheckForm(AdField field, IReadOnlyList<string> values, List<AdProblem> problems)
    {
        if (values.Count < field.Min)
            problems.Add(new(field.Name, null, AdRules.TooFew, "") { Why = Reasons.TooFew(field, values.Count) });
        if (values.Count > field.Max)
            problems.Add(new(field.Name, null, AdRules.TooMany, "") { Why = Reasons.TooMany(field, values.Count) });
        var seen = new Dictionary<string, int>();
        for (int i = 0; i < values.Count; i++)
        {
            int? index = field.IsList ? i : null;
            string text = values[i];
            if (text.Length > MostCharacters)
            {
                problems.Add(new(field.Name, index, AdRules.TooLong, "") { Why = Reasons.FarTooLong(field, text.Length) });
                continue;
            }
            if (string.IsNullOrWhiteSpace(FoldedText.Fold(text)))
                problems.Add(new(field.Name, index, AdRules.TooFew, text) { Why = Reasons.Empty(field) });
            if (TextLength.Of(text, field) is { Fits: false } length)
                problems.Add(new(field.Name, index, AdRules.TooLong, "") { Why = Reasons.TooLong(field, length) });
            if (text.EnumerateRunes().Any(r => XText.IsForbidden(r.Value) || r.Value < 0x20 && r.Value is not ('\n' or '\t')) || HasLoneSurrogate(text))
                problems.Add(new(field.Name, index, AdRules.InvalidCharacter, "") { Why = Reasons.InvalidCharacter(field) });
            if (field.Unique && FactBook.Squeeze(FoldedText.Fold(text)) is { Length: > 0 } key && !seen.TryAdd(key, i))
                problems.Add(new(field.Name, index, AdRules.Duplicate, text) { Why = Reasons.Duplicate(field, seen[key]) });
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }
        return false;
    }

    /// <returns>Every claim of the value, supported or not.</returns>
    private IReadOnlyList<Claim> CheckWords(
        AdField field, int? index, string text, List<AdProblem> problems, List<AdClaim> claims, List<(AdProblem, IReadOnlyList<Fact>, Claim, int)> conditional)
    {
        string read = ReadAs(field, text);
        var reading = _facts.Read(read, asFact: false);
        foreach (var (word, found) in _banned.In(reading.Folded))
            problems.Add(new(field.Name, index, AdRules.BannedWord, found) { Why = Reasons.Banned(word, found) });
        foreach (var claim in reading.Claims)
        {
            string found = reading.Folded.OriginalOf(claim.Start, claim.End);
            var support = _facts.Find(reading, claim);
            if (support.Facts.Count == 0)
            {
                problems.Add(new(field.Name, index, AdRules.UnsupportedClaim, found) { Why = Reasons.Unsupported(found, claim.Kind, support) });
                continue;
            }
            if (Conditions.IsOffer(claim) && support.Facts.All(f => Conditions.Has(f) || claim.Context.Clause.Count == 0))
                conditional.Add((new(field.Name, index, AdRules.UnsupportedClaim, found) { Why = Reasons.ConditionMissing(found, support.Facts[0].Text) }, support.Facts, claim, claims.Count));
            claims.Add(new(found, support.Facts[0].Text, NameOf(claim.Kind), field.Name, index));
        }
        return reading.Claims;
    }

    /// <summary>The text as claims are read in it: the ad's own address is no claim, and in a path a hyphen is a gap.</summary>
    private string ReadAs(AdField field, string text)
    {
        if (field.Name == "paths")
            return text.Replace('-', ' ').Replace('_', ' ');
        return _brief.Url.Length == 0 ? text : text.Replace(_brief.Url, new string(' ', _brief.Url.Length), StringComparison.OrdinalIgnoreCase);
    }

    private IEnumerable<AdProblem> ProblemsOfBrief()
    {
        for (int i = 0; i < _facts.Facts.Count; i++)
        {
            if (_facts.Facts[i].IsInstruction)
                yield return new("facts", i, AdRules.UnsupportedClaim, _facts.Facts[i].Text) { Why = Reasons.Instruction };
        }
        foreach (var (field, index, text) in new[] { ("product", (int?)null, _brief.Product), ("audience", null, _brief.Audience), ("call_to_action", null, _brief.CallToAction) }
            .Concat(_brief.Keywords.Select((k, i) => ("keywords", (int?)i, k))))
        {
            foreach (var problem in ProblemsOf(text, field, index))
                yield return problem;
        }
        foreach (var rule in _briefRules.Where(r => r.Outcome == AdPolicy.Prohibited))
            yield return new(rule.Field, null, AdRules.Policy, rule.Found) { Why = rule.Why };
    }

    /// <summary>What keeps a piece of the brief out of the copy.</summary>
    internal IEnumerable<AdProblem> ProblemsOf(string text, string field, int? index)
    {
        var reading = _facts.Read(text, asFact: false);
        if (Vocabulary.Default.Instructions.IsMatch(reading.Folded.Text) || OrdersToJudges.Default.Find(reading.Folded.Text) is not null)
            yield return new(field, index, AdRules.UnsupportedClaim, text) { Why = Reasons.Instruction };
        foreach (var (word, found) in _banned.In(reading.Folded))
            yield return new(field, index, AdRules.BannedWord, found) { Why = Reasons.Banned(word, found) };
        foreach (var claim in reading.Claims)
        {
            var support = _facts.Find(reading, claim);
            string found = reading.Folded.OriginalOf(claim.Start, claim.End);
            if (support.Facts.Count == 0)
                yield return new(field, index, AdRules.UnsupportedClaim, found) { Why = Reasons.Unsupported(found, claim.Kind, support) };
        }
    }

    private static string NameOf(ClaimKind kind) => kind.ToString().ToLowerInvariant();
}
