using System.Text;
using System.Text.Json;

namespace Syrinx.Data.Posts;

/// <summary>Writes the lake as JSONL, which <c>import jsonl</c> reads back as it was.</summary>
public static class PostExport
{
    /// <summary>Writes a line a post, in the lake's order; the file appears when it is whole.</summary>
    /// <param name="home">Whose lake.</param>
    /// <param name="outFile">The file to write.</param>
    /// <param name="withLabels">Adds <c>labels{}</c> from <c>corpus/labels.jsonl</c>; null for a post that has none.</param>
    /// <param name="progress">Hears of posts written.</param>
    /// <param name="cancel">Stops it; the file is then not written.</param>
    /// <returns>How many posts were written.</returns>
    /// <exception cref="InputException">There are no posts, no labels though they were asked for, or the file cannot be
    /// written.</exception>
    public static long Run(
        HomeFolder home, string outFile, bool withLabels, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var store = PostStore.Open(home.Posts);
        if (store.PostCount == 0)
            throw new InputException($"There are no posts in {home.Posts}. Run 'syrinx import' first.");
        using var labels = withLabels ? new LabelJoin(Path.Combine(home.Corpus, "labels.jsonl")) : null;
        long done = 0;
        AtomicFile.Write(outFile, stream =>
        {
            using var json = new Utf8JsonWriter(stream, PostJson.Options);
            foreach (var post in store.ReadPosts(cancel))
            {
                json.WriteStartObject();
                PostJson.WriteFields(json, post);
                labels?.Write(json, post.Id);
                json.WriteEndObject();
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
                if (++done % 4096 == 0)
                    progress?.Report(new("export", done, store.PostCount, "posts"));
            }
        });
        return done;
    }

    /// <summary>
    /// Joins labels by id. They are written in the order of the lake, so the next line is nearly always the one that is
    /// wanted; lines of posts that have gone since are passed over, and a post that came since has none.
    /// </summary>
    private sealed class LabelJoin : IDisposable
    {
        private readonly StreamReader _lines;
        private readonly string _path;
        private JsonDocument? _next;
        private string? _id;

        public LabelJoin(string path)
        {
            _path = path;
            if (!File.Exists(path))
                throw new InputException($"{path} is not there. Run 'syrinx curate' first, or export without --with-labels.");
            _lines = new(path, Encoding.UTF8);
            Advance();
        }

        public void Write(Utf8JsonWriter json, string id)
        {
            while (_id is not null && PostIdOrder.Compare(_id, id) < 0)
                Advance();
            if (_id != id)
            {
                json.WriteNull("labels");
                return;
            }
            json.WriteStartObject("labels");
            foreach (var field in _next!.RootElement.EnumerateObject())
            {
                if (!field.NameEquals("id"))
                    field.WriteTo(json);
            }
            json.WriteEndObject();
        }

        public void Dispose()
        {
            _next?.Dispose();
            _lines.Dispose();
        }

        private void Advance()
        {
            _next?.Dispose();
            (_next, _id) = (null, null);
            try
            {
                if (_lines.ReadLine() is { } line)
                {
                    _next = JsonDocument.Parse(line);
                    _id = _next.RootElement.GetProperty("id").GetString();
                }
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InputException($"{_path} is damaged: {e.Message} Run 'syrinx curate' again.", e);
            }
        }
    }
}
