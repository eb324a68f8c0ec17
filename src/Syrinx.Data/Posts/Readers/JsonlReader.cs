using System.Text.Json;
using Syrinx.Data.Posts.Import;
using Syrinx.Data.Posts.Sources;

namespace Syrinx.Data.Posts.Readers;

/// <summary>Reads our own JSONL, as <c>posts export</c> writes it.</summary>
internal static class JsonlReader
{
    public static IEnumerable<Func<ReadBatch>> Plan(ImportScope scope, SourceFile file) => JsonRecordReader.Plan(scope, file, Parse);

    private static void Parse(RecordChunk chunk, string prefix, ReadBatch batch)
    {
        var parser = new PostJsonParser();
        foreach (var span in chunk.Records)
        {
            string source = JsonRecordReader.Source(prefix, span);
            string? problem = span.Problem;
            try
            {
                if (problem is null && parser.Parse(chunk.Span(span), source, out problem) is { } post)
                    batch.Posts.Add(post);
            }
            catch (JsonException e)
            {
                problem = JsonRecordReader.Reason(e, chunk.Span(span));
            }
            catch (BadUnicodeException)
            {
                problem = "bad_unicode";
            }
            if (problem is not null)
                batch.Quarantine(source, span.Offset, span.Length, problem);
        }
    }
}
