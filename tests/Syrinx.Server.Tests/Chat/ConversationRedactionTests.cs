using System.Text;
using Syrinx.Search;
using Syrinx.Server.Chat;

namespace Syrinx.Server.Tests.Chat;

/// <summary>Posts of a forgotten author leave the kept conversations, and the file.</summary>
public sealed class ConversationRedactionTests : IDisposable
{
    private readonly HomeFolder _home = new(Directory.CreateTempSubdirectory("syrinx-redaction-").FullName);

    public void Dispose() => Directory.Delete(_home.Path, recursive: true);

    [Fact]
    public async Task Citations_sentences_and_the_models_words_go_and_the_rest_is_numbered_anew()
    {
        var conversations = await Fill();
        var redaction = new ConversationRedaction(new AppDb(_home));
        Assert.Equal(3, await redaction.Remove(IsGone, IsTheirs));
        var messages = (await conversations.Get("amy", (await conversations.List("amy")).Single().Id))!.Messages;

        Assert.Equal("How is the ferry?", messages[0].Text);
        Assert.Equal("It leaves at 7:40. [1]\nBring a coat. [2]", messages[1].Text);
        Assert.Equal(["x:1", "x:3"], messages[1].Answer!.Citations.Select(c => c.Id));
        Assert.Equal([0, 1], messages[1].Answer!.Sentences.Select(s => s.CitationIndex));
        Assert.Null(messages[1].ModelText);
        Assert.Equal("", messages[2].Text);
        Assert.False(messages[2].Answer!.Found);
        Assert.Null(messages[3].ModelText); // it cites nobody, but the model repeated one of the lines
        Assert.Equal("the sea is wide", messages[4].ModelText);
        Assert.Equal(0, await redaction.Remove(IsGone, IsTheirs));

        string file = string.Concat(Directory.GetFiles(_home.Path, "app.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        Assert.DoesNotContain("HERONPROBE", file, StringComparison.Ordinal);
        Assert.Contains("Bring a coat", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_a_visitor_quoted_goes_from_question_title_and_reply_and_what_they_wrote_stays()
    {
        var database = new AppDb(_home);
        database.Migrate();
        var conversations = new Conversations(database, TimeProvider.System);
        const string Line = "The QUOTEPROBE is green on Mondays";
        bool IsLine(string line) => line == Line;
        string[] questions = [$"Is it true that “{Line}”?", $"> {Line}\nWho said that?", $"有人說「{Line}」是真的嗎", "What about QUOTE and probes?"];
        foreach (string question in questions)
        {
            string id = (await conversations.Create("amy", question)).Id;
            Assert.True(await conversations.Append("amy", id, new() { Role = "user", Text = question }));
            var reply = Reply(["Bring a coat."], [0], ["x:1"], "it is green");
            Assert.True(await conversations.Append("amy", id, new() { Role = "assistant", Text = reply.Text, ModelText = reply.ModelText, Answer = reply.Answer! with { RewrittenQuery = question } }));
        }
        var redaction = new ConversationRedaction(database);
        Assert.Equal(6, await redaction.Remove(_ => false, IsLine));
        Assert.Empty(await redaction.Concerned(_ => false, IsLine));
        List<string> kept = [];
        foreach (var c in await conversations.List("amy"))
            kept.Add($"{c.Title} | " + string.Join(" | ", (await conversations.Get("amy", c.Id))!.Messages.Select(m => m.Text + " " + m.ModelText)));
        Assert.Contains("[…] Who said that? | […]\nWho said that?  | Bring a coat. [1] ", kept);
        Assert.Contains("Is it true that […]? | Is it true that […]?  | Bring a coat. [1] ", kept);
        Assert.Contains("有人說[…]是真的嗎 | 有人說[…]是真的嗎  | Bring a coat. [1] ", kept);
        Assert.Contains("What about QUOTE and probes? | What about QUOTE and probes?  | Bring a coat. [1] it is green", kept);
        string file = string.Concat(Directory.GetFiles(_home.Path, "app.db*").Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        Assert.DoesNotContain("QUOTEPROBE", file, StringComparison.Ordinal);
    }

    private static bool IsGone(string id) => id == "x:2";

    private static bool IsTheirs(string words) => words.Contains("HERONPROBE", StringComparison.Ordinal);

    private async Task<Conversations> Fill()
    {
        var database = new AppDb(_home);
        database.Migrate();
        var conversations = new Conversations(database, TimeProvider.System);
        string id = (await conversations.Create("amy", "ferry")).Id;
        async Task Say(ConversationMessage message) => Assert.True(await conversations.Append("amy", id, message));
        await Say(new() { Role = "user", Text = "How is the ferry?" });
        await Say(Reply(["It leaves at 7:40.", "HERONPROBE stands on the pier.", "Bring a coat."], [0, 1, 2], ["x:1", "x:2", "x:3"], "HERONPROBE says hello"));
        await Say(Reply(["HERONPROBE stands on the pier."], [0], ["x:2"], null));
        await Say(new() { Role = "assistant", Text = "", ModelText = "I saw HERONPROBE there" });
        await Say(new() { Role = "assistant", Text = "", ModelText = "the sea is wide" });
        return conversations;
    }

    private static ConversationMessage Reply(string[] sentences, int[] cited, string[] posts, string? words)
    {
        var answer = new Answer
        {
            Found = true,
            Sentences = [.. sentences.Zip(cited, (s, c) => new AnswerSentence(s, c))],
            Citations = [.. posts.Select(p => new Citation { Id = p, Text = p == "x:2" ? "HERONPROBE stands on the pier." : "text of " + p })],
            RewrittenQuery = "ferry",
        };
        return new() { Role = "assistant", Text = Assistant.Marked(answer), Answer = answer, ModelText = words };
    }
}
