using System.Text.Json;

namespace Syrinx.Data.Tests.Sample;

public sealed class PlantedTests(SampleFolder sample) : IClassFixture<SampleFolder>
{
    private static readonly string[] Kinds =
    [
        "bot", "scam", "near_duplicate", "exact_duplicate", "pii", "toxic", "adult", "deleted", "protected", "direct",
        "suspended", "opted_out", "language", "no_training",
    ];

    private string? _includes;

    [Fact]
    public void Every_kind_is_planted_and_its_probe_stands_in_a_file()
    {
        var truth = sample.Truth;
        Assert.Equal(Kinds.Order(), truth.Select(t => t.Kind).Distinct().Order());
        string all = Everything();
        foreach (var planted in truth)
            Assert.True(all.Contains(planted.Probe, StringComparison.Ordinal), $"{planted}");
    }

    [Fact]
    public void Probes_are_unique_except_those_of_copies()
    {
        var seen = new Dictionary<string, Planted>();
        foreach (var planted in sample.Truth)
        {
            if (!seen.TryAdd(planted.Probe, planted))
                Assert.True(planted.Kind == "exact_duplicate" && seen[planted.Probe].Note == planted.Note,
                    $"{planted} and {seen[planted.Probe]}");
        }
    }

    [Fact]
    public void Direct_messages_stand_in_no_other_file()
    {
        string messages = sample.Archived("direct-messages");
        string others = string.Concat(sample.Archives.Where(a => a.Name != "data/direct-messages.js")
            .Select(a => a.Text)) + Api() + sample.Boards;
        foreach (var planted in Of("direct"))
        {
            Assert.Contains(planted.Probe, messages);
            Assert.DoesNotContain(planted.Probe, others);
        }
    }

    [Fact]
    public void Deleted_tweets_are_told_by_archive_or_compliance_and_by_nothing_else()
    {
        string deleted = sample.Archived("deleted-tweets");
        string kept = sample.Archived("tweets");
        var compliance = Ids("tweets_compliance.jsonl");
        int told = 0;
        foreach (var planted in Of("deleted"))
        {
            bool byCompliance = compliance.Contains(planted.Id);
            Assert.NotEqual(byCompliance, deleted.Contains(planted.Probe));
            Assert.DoesNotContain(planted.Probe, kept);
            Assert.DoesNotContain(planted.Probe, Includes());
            told += byCompliance ? 1 : 0;
        }
        Assert.InRange(told, 1, Of("deleted").Count() - 1);
        Assert.Contains(sample.ApiPages(),
            p => p.TryGetProperty("errors", out var errors) && errors.ToString().Contains("Could not find tweet"));
    }

    [Theory]
    [InlineData("protected", "protected-history", "Protect")]
    [InlineData("suspended", "account-suspension", "Suspend")]
    public void Accounts_whose_posts_are_not_public_are_marked_as_such(string kind, string history, string action)
    {
        var gone = Ids("users_compliance.jsonl");
        var bits = new HashSet<string>();
        foreach (string author in Of(kind).Select(p => p.AuthorId).Distinct())
        {
            var archive = sample.Archives.Where(a => a.Name == "data/account.js" && a.Text.Contains($"\"{author[2..]}\""))
                .Select(a => a.Member).ToArray();
            if (archive.Length == 1)
            {
                string last = sample.Archives.Single(a => a.Member == archive[0] && a.Name == $"data/{history}.js").Text;
                Assert.Contains($"\"{action}\"", last);
                bits.Add("archive");
            }
            else
            {
                Assert.Contains(author, gone);
                bits.Add("api");
            }
        }
        Assert.Equal(2, bits.Count);
    }

    [Fact]
    public void Protected_users_say_so_and_suspended_users_are_missing_from_pages()
    {
        var users = sample.ApiPages().SelectMany(p => p.GetProperty("includes").GetProperty("users").EnumerateArray())
            .ToLookup(u => "x:" + u.GetProperty("id").GetString());
        var archived = sample.Archives.Where(a => a.Name == "data/account.js").Select(a => a.Text).ToArray();
        foreach (string author in Of("protected").Select(p => p.AuthorId).Distinct()
            .Where(a => !archived.Any(t => t.Contains(a[2..]))))
            Assert.All(users[author], u => Assert.True(u.GetProperty("protected").GetBoolean()));
        foreach (string author in Of("suspended").Select(p => p.AuthorId))
            Assert.Empty(users[author]);
        Assert.Contains(sample.ApiPages(),
            p => p.TryGetProperty("errors", out var errors) && errors.ToString().Contains("User has been suspended"));
    }

    [Fact]
    public void Opted_out_authors_are_listed_on_both_platforms()
    {
        string[] listed = File.ReadAllLines(Path.Combine(sample.Path, "opt-out.txt"));
        Assert.Equal(listed.Order(), Of("opted_out").Select(p => p.AuthorId).Distinct().Order());
        Assert.Contains(listed, a => a.StartsWith("x:", StringComparison.Ordinal));
        Assert.Contains(listed, a => a.StartsWith("ptt:", StringComparison.Ordinal));
    }

    [Fact]
    public void Posts_closed_to_training_or_their_authors_carry_the_flag()
    {
        var tweets = sample.ApiTweets().ToDictionary(t => "x:" + t.GetProperty("id").GetString());
        var closed = sample.ApiPages().SelectMany(p => p.GetProperty("includes").GetProperty("users").EnumerateArray())
            .Where(u => u.TryGetProperty("training_allowed", out var allowed) && !allowed.GetBoolean())
            .Select(u => "x:" + u.GetProperty("id").GetString()).ToHashSet();
        string archived = sample.Archived("tweets");
        Assert.NotEmpty(closed);
        foreach (var planted in Of("no_training"))
        {
            bool flagged = closed.Contains(planted.AuthorId)
                || (tweets.TryGetValue(planted.Id, out var tweet) && tweet.TryGetProperty("training_allowed", out _))
                || (!tweets.ContainsKey(planted.Id) && archived.Contains("\"training_allowed\": false"));
            Assert.True(flagged, $"{planted}");
        }
    }

    [Fact]
    public void Rude_and_adult_posts_are_marked_as_sensitive()
    {
        var tweets = sample.ApiTweets().ToDictionary(t => "x:" + t.GetProperty("id").GetString());
        var inApi = Of("toxic").Concat(Of("adult")).Where(p => tweets.ContainsKey(p.Id)).ToArray();
        Assert.True(inApi.Length > 20);
        Assert.All(inApi, p => Assert.True(tweets[p.Id].GetProperty("possibly_sensitive").GetBoolean()));
    }

    [Fact]
    public void Bots_post_by_the_clock_from_twenty_accounts_and_the_scam_comes_from_many()
    {
        Assert.Equal(20, Of("bot").Select(p => p.AuthorId).Distinct().Count());
        Assert.True(Of("scam").Select(p => p.AuthorId).Distinct().Count() >= 20);
        var times = sample.ApiTweets()
            .ToDictionary(t => "x:" + t.GetProperty("id").GetString(), t => t.GetProperty("created_at").GetDateTime());
        foreach (var bot in Of("bot").GroupBy(p => p.AuthorId))
        {
            DateTime[] posted = [.. bot.Select(p => times[p.Id]).Order()];
            double[] gaps = [.. posted.Zip(posted[1..], (a, b) => (b - a).TotalHours)];
            Assert.True(gaps.Max() - gaps.Min() < 0.01, bot.Key);
        }
    }

    [Fact]
    public void Copies_are_the_same_to_the_letter_and_chains_are_nearly()
    {
        var texts = sample.ApiTweets()
            .ToDictionary(t => "x:" + t.GetProperty("id").GetString(), t => t.GetProperty("text").GetString()!);
        foreach (var group in Of("exact_duplicate").Where(p => texts.ContainsKey(p.Id)).GroupBy(p => p.Note))
            Assert.Single(group.Select(p => texts[p.Id]).Distinct());
        foreach (var group in Of("near_duplicate").Where(p => texts.ContainsKey(p.Id)).GroupBy(p => p.Note))
            Assert.Equal(group.Count(), group.Select(p => texts[p.Id]).Distinct().Count());
    }

    [Fact]
    public void Identity_and_card_numbers_have_right_check_digits()
    {
        foreach (var planted in Of("pii").Where(p => p.Note == "card"))
        {
            int[] digits = [.. planted.Probe.Where(char.IsAsciiDigit).Select(c => c - '0')];
            Assert.Equal(16, digits.Length);
            Assert.Equal(0, digits.Reverse().Select((d, i) => i % 2 == 0 ? d : d * 2 % 10 + d / 5).Sum() % 10);
        }
        foreach (var planted in Of("pii").Where(p => p.Note == "tw_id"))
        {
            int letter = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".IndexOf(planted.Probe[0]);
            int[] digits = [letter / 10, letter % 10, .. planted.Probe[1..].Select(c => c - '0')];
            Assert.Equal(0, digits.Zip([1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1], (d, w) => d * w).Sum() % 10);
        }
        Assert.All(["email", "phone", "tw_id", "card"], kind => Assert.True(Of("pii").Count(p => p.Note == kind) >= 5, kind));
    }

    private IEnumerable<Planted> Of(string kind) => sample.Truth.Where(t => t.Kind == kind);

    private string Api() => string.Concat(Directory.EnumerateFiles(Path.Combine(sample.Path, "x-api")).Select(File.ReadAllText));

    private string Includes() => _includes ??= string.Concat(sample.ApiPages().Select(p => p.GetProperty("includes").ToString()));

    private string Everything() => Api() + sample.Boards + string.Concat(sample.Archives.Select(a => a.Text));

    private HashSet<string> Ids(string file) => [.. File.ReadLines(Path.Combine(sample.Path, "x-api", file))
        .Select(l => "x:" + JsonSerializer.Deserialize<JsonElement>(l).GetProperty("id").GetString())];
}
