using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Search;
using Syrinx.Search.Analysis;
using Syrinx.Search.Indexing;

namespace Syrinx.Search.Ranking;

/// <summary>Reads a found post back from the index and marks the query's words in it.</summary>
internal static class HitReader
{
    private static readonly HashSet<string> IdOnly = [IndexFields.Id];

    public static SearchHit Read(IndexSearcher searcher, int doc, double score, IReadOnlySet<string>? terms)
    {
        var stored = searcher.Doc(doc);
        string id = Text(stored, IndexFields.Id)!;
        string? handle = Text(stored, IndexFields.AuthorStored);
        string text = Text(stored, IndexFields.TextStored) ?? "";
        string? title = Text(stored, IndexFields.TitleStored);
        long flags = Flags(searcher, doc);
        return new()
        {
            Id = id,
            Score = score,
            AuthorId = Text(stored, IndexFields.AuthorId),
            Author = handle,
            AuthorName = Text(stored, IndexFields.AuthorName),
            CreatedAt = Number(stored, IndexFields.Created) is { } seconds ? DateTime.UnixEpoch.AddSeconds(seconds) : null,
            Text = text,
            Title = title,
            Community = Text(stored, IndexFields.CommunityStored),
            Language = Text(stored, IndexFields.LanguageStored),
            Platform = Text(stored, IndexFields.Platform)!,
            Kind = Text(stored, IndexFields.Kind)!,
            ThreadId = Text(stored, IndexFields.Thread)!,
            ReplyTo = Text(stored, IndexFields.ReplyTo),
            Likes = Number(stored, IndexFields.Likes),
            Reposts = Number(stored, IndexFields.Reposts),
            Replies = Number(stored, IndexFields.Replies),
            Url = Permalink.Of(id, handle),
            Sensitive = (flags & IndexFields.Sensitive) != 0,
            Demoted = (flags & IndexFields.Demoted) != 0,
            Unquotable = (flags & IndexFields.Unquotable) != 0,
            Highlights = terms is null ? [] : Highlight(text, terms),
            TitleHighlights = terms is null || title is null ? [] : Highlight(title, terms),
        };
    }

    /// <summary>The post's id alone.</summary>
    public static string ReadId(IndexSearcher searcher, int doc) => Text(searcher.Doc(doc, IdOnly), IndexFields.Id)!;

    /// <summary>Where the terms stand in a text; neighbouring pairs of characters are joined.</summary>
    internal static IReadOnlyList<TextRange> Highlight(string text, IReadOnlySet<string> terms)
    {
        if (terms.Count == 0)
            return [];
        List<TextRange> ranges = [];
        foreach (var token in TextTokenizer.Tokenize(text))
        {
            int start = token.Start;
            int end = token.End;
            if (!terms.Contains(token.Term))
            {
                // a query of one character matches inside pairs
                if (token.Kind != TokenKind.Bigram || end - start != 2 || !terms.Contains(token.Term[..1]) && !terms.Contains(token.Term[1..]))
                    continue;
                (start, end) = terms.Contains(token.Term[..1]) ? (start, start + 1) : (start + 1, end);
            }
            if (ranges.Count > 0 && start <= ranges[^1].Start + ranges[^1].Length && token.Kind == TokenKind.Bigram)
                ranges[^1] = new(ranges[^1].Start, Math.Max(end, ranges[^1].Start + ranges[^1].Length) - ranges[^1].Start);
            else
                ranges.Add(new(start, end - start));
        }
        return ranges;
    }

    private static long Flags(IndexSearcher searcher, int doc)
    {
        var leaves = searcher.IndexReader.Leaves;
        int leaf = Lucene.Net.Index.ReaderUtil.SubIndex(doc, leaves);
        return leaves[leaf].AtomicReader.GetNumericDocValues(IndexFields.FlagsValue).Get(doc - leaves[leaf].DocBase);
    }

    private static string? Text(Document stored, string field) => stored.GetField(field)?.GetStringValue(CultureInfo.InvariantCulture);

    private static long? Number(Document stored, string field) =>
        stored.GetField(field) is { } value ? value.GetInt64Value() ?? long.Parse(value.GetStringValue(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
