using Syrinx.Data.Corpus.Privacy;

namespace Syrinx.Data.Tests.Corpus;

/// <summary>
/// Sentences of two languages with one invented piece of personal data each, and more without any that look like it, written by two
/// people before they looked at the rules (kind, tab, sentence; the piece between ⟦ and ⟧). What came out at first stands in bench/labels.md.
/// </summary>
public class PlantedSentencesTests
{
    private sealed record Sentence(string Kind, string Text, int Start, int End)
    {
        public string Type => Kind switch
        {
            "mobile" or "landline" or "intl" => "phone",
            "twid" => "id",
            "ipv4" or "ipv6" => "ip",
            _ => Kind,
        };
    }

    [Theory]
    [InlineData("PlantedSentences.tsv", 200)]
    [InlineData("PlantedPosts.tsv", 100)]
    public void Of_sentences_by_hand_nearly_all_is_found_and_nearly_nothing_else(string file, int pieces)
    {
        int planted = 0, touched = 0, covered = 0, found = 0, right = 0;
        List<string> wrong = [];
        foreach (var s in Sentences(file))
        {
            var spans = PersonalData.Find(s.Text);
            bool Touches(PersonalDataSpan span) => span.Type == s.Type && span.Start < s.End && s.Start < span.End;
            bool whole = s.Kind != "none" && Enumerable.Range(s.Start, s.End - s.Start)
                .All(i => !char.IsLetterOrDigit(s.Text[i]) || spans.Any(p => p.Type == s.Type && p.Start <= i && i < p.End));
            planted += s.Kind == "none" ? 0 : 1;
            touched += spans.Any(Touches) ? 1 : 0;
            covered += whole ? 1 : 0;
            found += spans.Count;
            right += spans.Count(Touches);
            if (s.Kind != "none" && !whole || !spans.All(Touches))
                wrong.Add($"{s.Kind}: {s.Text} -> {string.Join(", ", spans.Select(p => p.Type + " " + s.Text[p.Start..p.End]))}");
        }
        string told = $"{planted} planted, {touched} touched, {covered} whole; {found} found, {right} right\n" + string.Join("\n", wrong);
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        Assert.True(planted == pieces && covered >= 0.98 * planted, told);
        Assert.True(right >= 0.95 * found, told);
    }

    private static IEnumerable<Sentence> Sentences(string file)
    {
        using var stream = typeof(PlantedSentencesTests).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t', 2);
            int start = parts[1].IndexOf('⟦', StringComparison.Ordinal), end = parts[1].IndexOf('⟧', StringComparison.Ordinal) - 1;
            yield return new(parts[0], parts[1].Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal), start, end);
        }
    }
}
