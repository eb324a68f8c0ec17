using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>
/// Reads the archive that X gives a member of their own tweets: <c>window.YTD.tweets.part0 = [{"tweet":{…}}]</c>.
/// </summary>
internal static class XArchiveReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, XArchiveFiles archive)
    {
        var first = new ReadBatch();
        var owner = Owner(scope, archive, first);
        yield return () => first;
        foreach (var file in archive.Tweets)
        {
            foreach (var work in JsonRecordReader.Plan(scope, file, Parse))
                yield return work;
        }

        void Parse(RecordChunk chunk, string prefix, ReadBatch batch) =>
            JsonRecordReader.Parse(chunk, prefix, batch, (root, source, span, into) =>
            {
                var tweet = root.Field("tweet");
                XStatus.Read(tweet.ValueKind == JsonValueKind.Object ? tweet : root, source, span, into, owner);
            });
    }

    /// <summary>
    /// Who the archive is of, and whether their tweets are public at all: the last entry of each history decides.
    /// </summary>
    private static XOwner Owner(ImportScope scope, XArchiveFiles archive, ReadBatch batch)
    {
        var account = First(scope, archive.Account, "account");
        var profile = First(scope, archive.Profile, "profile").Field("description");
        string? id = XText.Id(account.Text("accountId"));
        string? handle = PostText.Line(account.Text("username"));
        if (id is null)
        {
            handle ??= PostText.Line(archive.Label) ?? "unknown";
            id = "x:" + handle;
            scope.Note($"{archive.Label} has no account.js that tells the author; the folder's name is taken: {handle}.");
        }
        string? suspension = Last(scope, archive.Suspension, "accountSuspension", "timeStamp");
        string? gone = suspension?.StartsWith("Susp", StringComparison.OrdinalIgnoreCase) == true ? "suspended"
            : Last(scope, archive.ProtectedHistory, "protectedHistory", "protectedAt") is "Protect" or "Protected" ? "protected" : null;
        if (account.IsTrue("protected"))
            gone ??= "protected";
        if (gone is not null)
            batch.Facts.Add(new(FactKind.Author, id, gone));
        if (account.IsFalse("training_allowed") || account.IsFalse("trainingAllowed"))
            batch.Facts.Add(new(FactKind.Author, id, Fact.NoTraining));
        batch.Authors.Add(new()
        {
            AuthorId = id,
            Handle = handle ?? id[2..],
            Name = PostText.Line(account.Text("accountDisplayName")),
            Description = PostText.Clean(PostText.DecodeEntities(profile.Text("bio") ?? "")) is { Length: > 0 } bio ? bio : null,
            CreatedAt = PostTime.Iso(account.Text("createdAt")),
            Url = PostText.Line(profile.Text("website")),
            Location = PostText.Line(profile.Text("location")),
        });
        return new(id, handle ?? id[2..], gone);
    }

    private static JsonElement First(ImportScope scope, SourceFile? file, string name) =>
        Entries(scope, file, name).FirstOrDefault();

    /// <summary>The action of a history's latest entry.</summary>
    private static string? Last(ImportScope scope, SourceFile? file, string name, string time) =>
        Entries(scope, file, name).OrderBy(e => PostTime.XClassic(e.Text(time)) ?? DateTime.MinValue).LastOrDefault().Text("action");

    private static List<JsonElement> Entries(ImportScope scope, SourceFile? file, string name)
    {
        var entries = new List<JsonElement>();
        if (file is null)
            return entries;
        foreach (var chunk in JsonRecords.Read(scope.Open(file)))
        {
            foreach (var span in chunk.Records)
            {
                try
                {
                    using var json = JsonDocument.Parse(chunk.Memory(span));
                    entries.Add(json.RootElement.Field(name).Clone());
                }
                catch (Exception e) when (e is JsonException or InvalidOperationException)
                {
                    // Without it nobody can say whether the account is public.
                    throw new InputException($"{file.Name} is damaged at byte {span.Offset}: it should hold '{name}' as JSON. Get the "
                        + "archive again, or remove the file if its content is not needed.", e);
                }
            }
        }
        scope.Close();
        return entries;
    }
}

/// <summary>Whose tweets are read.</summary>
/// <param name="Id">Platform-qualified.</param>
/// <param name="Handle">Without @.</param>
/// <param name="Gone">Why none of the tweets enters, or null.</param>
internal sealed record XOwner(string Id, string Handle, string? Gone);
