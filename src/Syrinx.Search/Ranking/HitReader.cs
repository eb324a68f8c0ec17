using Lucene.Net.Index;
using Lucene.Net.Search;
using Syrinx.Search.Analysis;
using Syrinx.Search.Indexing;

namespace Syrinx.Search.Ranking;

/// <summary>Reads a found post back from the index and marks the query's words in it.</summary>
internal static class HitReader
{
    public static SearchHit Read(IndexSearcher searcher, int doc, double score, IReadOnlySet<string>? terms)
    {
        var (reader, local) = Segment(searcher, doc);
        long flags = reader.GetNumericDocValues(IndexFields.FlagsValue).Get(local);
        var hit = StoredPost.Read(reader, local, score);
        return hit with
        {
            Sensitive = (flags & IndexFields.Sensitive) != 0,
            Demoted = (flags & IndexFields.Demoted) != 0,
            Unquotable = (flags & IndexFields.Unquotable) != 0,
            Highlights = terms is null ? [] : Highlight(hit.Text, terms),
            TitleHighlights = terms is null || hit.Title is null ? [] : Highlight(hit.Title, terms),
        };
    }

    /// <summary>The post's id alone.</summary>
    public static string ReadId(IndexSearcher searcher, int doc)
    {
        var (reader, local) = Segment(searcher, doc);
        return StoredPost.ReadId(reader, local);
    }

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
                if (token.Kind != TokenKind.Bigram || end - start != 2
                    || !terms.Contains(token.Term[..1]) && !terms.Contains(token.Term[1..]))
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

    private static (AtomicReader Reader, int Doc) Segment(IndexSearcher searcher, int doc)
    {
        var leaves = searcher.IndexReader.Leaves;
        var leaf = leaves[ReaderUtil.SubIndex(doc, leaves)];
        return (leaf.AtomicReader, doc - leaf.DocBase);
    }
}
